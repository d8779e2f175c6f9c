"""The events as they were once written: `events.golden.json`.

For each kind its fields, and one entry that must stay readable for ever. Run as
`python -m tests.architecture.golden` to take in new kinds and new fields; what is there
already is never rewritten, since a log somewhere may hold it.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from enum import EnumType
from pathlib import Path
from typing import Any, get_args, get_type_hints

from consultazione import events
from consultazione.core.events import Event, FreeText, registry

FILE = Path(__file__).with_name("events.golden.json")
_SAMPLES: dict[Any, Any] = {
    bool: True,
    int: 1,
    str: "text",
    FreeText: "text",
    date: "2018-02-05",
    datetime: "2018-02-05T16:30:00+00:00",
    dict[str, int]: {"yes": 1},
    list[int]: [1],
    list[str]: ["text"],
}

assert events.ALL  # imported so that the registry is complete


def written() -> dict[str, Any]:
    """The kinds of the file: for each `fields` and an `entry`."""
    found: dict[str, Any] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found


def described(event: type[Event]) -> dict[str, Any]:
    """A field's type by its name; of a closed list, its words."""
    hints = get_type_hints(event)
    return {field.name: _words(hints[field.name]) for field in declared(event)}


def declared(event: type[Event]) -> tuple[Field[Any], ...]:
    """The fields of an event."""
    return fields(event)  # type: ignore[arg-type]


def is_optional(field: Field[Any]) -> bool:
    """True if entries from before the field can be read."""
    return field.default is not MISSING or field.default_factory is not MISSING


def main() -> None:
    """Add what is new to the file."""
    kinds = written()
    for kind, event in registry().items():
        old = kinds.setdefault(kind, {"fields": {}, "entry": _sample(event)})
        old["fields"] = {**described(event), **old["fields"]}
    FILE.write_text(json.dumps(dict(sorted(kinds.items())), indent=1) + "\n")


def _words(hint: Any) -> Any:
    if isinstance(hint, EnumType):
        return sorted(member.value for member in hint)
    if type(None) in get_args(hint):
        (kind,) = (arg for arg in get_args(hint) if arg is not type(None))
        words = _words(kind)
        return [*words, None] if isinstance(words, list) else f"{words} | None"
    return str(hint) if get_args(hint) else hint.__name__


def _sample(event: type[Event]) -> dict[str, Any]:
    hints = get_type_hints(event)
    return {field.name: _value(hints[field.name]) for field in declared(event)}


def _value(hint: Any) -> Any:
    if isinstance(hint, EnumType):
        return next(iter(hint)).value
    return _SAMPLES[hint] if hint in _SAMPLES else _value(get_args(hint)[0])


if __name__ == "__main__":
    main()
