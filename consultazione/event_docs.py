"""Generates `docs/events.md`, the manual of the log, from the registry of events.

Run as `python -m consultazione.event_docs` (`make docs`). A test checks that the file is up
to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from enum import Enum
from types import ModuleType
from typing import Any, get_args, get_type_hints

from consultazione import events
from consultazione.config import ROOT
from consultazione.core.events import Event, FreeText, registry

FILE = ROOT / "docs" / "events.md"
_INTRODUCTION = """\
# Events

Everything that happens is an entry of the log, and each entry is one of the events below.
This page is written from the registry by `make docs`; do not edit it.

An entry has a `stream`, a `number` without gaps in that stream, a `kind`, its `data`, the
`actor_id` of the person in whose name it happened (none for the platform itself) and the
moment `at`. The fields below are its `data`. Ids are whole numbers, days are `2018-02-05`,
moments `2018-02-05T16:30:00+00:00`. A field that may be empty is marked `?`; one that
entries from before it lack is marked with its default. **Free text** is what a person
wrote: the entry itself holds only its salted digest, so that it can be erased.
"""


def main() -> None:
    """Write the file."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text())


def text() -> str:
    """The whole page, in Markdown."""
    sections = (_section(module) for module in events.ALL)
    return "\n".join([_INTRODUCTION, *sections, "## Closed lists\n", *_closed_lists(), ""])


def _section(module: ModuleType) -> str:
    feature = module.__name__.split(".")[-2]
    rows = [_row(event) for event in registry().values() if event.__module__ == module.__name__]
    head = [f"## {feature.capitalize()}\n", f"{module.__doc__}\n"]
    streams = list(_streams(module))
    gap = [""] if streams else []
    table = ["| kind | what has happened | data |", "|---|---|---|", *rows, ""]
    return "\n".join([*head, *streams, *gap, *table])


def _streams(module: ModuleType) -> Iterator[str]:
    """A line for each stream that the feature names, from its function."""
    for name, function in vars(module).items():
        if name.endswith("_stream") and function.__module__ == module.__name__:
            yield f"- `{function('N')}`: {function.__doc__}"


def _row(event: type[Event]) -> str:
    hints = get_type_hints(event)
    data = "<br>".join(_field(field, hints[field.name]) for field in _fields(event))
    return f"| `{event.kind}` | {event.__doc__} | {data} |"


def _field(field: Field[Any], hint: Any) -> str:
    kind, mark = _type(hint), "?" if type(None) in get_args(hint) else ""
    default = "" if field.default is MISSING else f" = {field.default!r}"
    return f"`{field.name}`: {kind}{mark}{default}"


def _type(hint: Any) -> str:
    if _is_closed(hint):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    if type(None) in get_args(hint):
        return _type(next(option for option in get_args(hint) if option is not type(None)))
    if hint is FreeText:
        return "**free text**"
    return f"`{str(hint) if get_args(hint) else hint.__name__}`"


def _closed_lists() -> Iterator[str]:
    """The values of every enumeration that is the type of a field."""
    for kind in sorted(_enums(), key=lambda kind: kind.__name__):
        words = ", ".join(f"`{member.value}`" for member in kind)
        yield f"### {kind.__name__}\n\n{words}\n"


def _enums() -> set[type[Enum]]:
    hints = (hint for event in registry().values() for hint in get_type_hints(event).values())
    options = (option for hint in hints for option in (hint, *get_args(hint)))
    return {option for option in options if _is_closed(option)}


def _is_closed(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _fields(event: type[Event]) -> tuple[Field[Any], ...]:
    return fields(event)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
