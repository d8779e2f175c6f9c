"""Events: closed schemas of what can happen, and the registry that reads them back.

An event is a frozen dataclass with a `kind` in the past tense and a one-line docstring,
from which its manual is written. A field is an id, a number, a moment, a word of a closed
list, or `FreeText`, which never enters the log itself: see `core.log`. A kind stays readable
for ever: a change is a new kind, or a new field with a default. How the personal data of a
kind is erased stands in `core.personal_data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, get_type_hints

from cattrs import Converter


class FreeText(str):
    """Words that a person wrote, kept beside the log so that they can be erased."""

    __slots__ = ()


class Event:
    """Base of all events; a subclass registers itself under its `kind`.

    texts: for each field of free text, the column that holds the same words, or several separated
    by blanks (`core.log.details`); given with the class, read through `core.personal_data`.
    """

    kind: ClassVar[str]
    texts: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, *, texts: Mapping[str, str] | None = None) -> None:
        if texts is not None:
            cls.texts = texts
        registered = _REGISTRY.setdefault(cls.kind, cls)
        # dataclass(slots=True) makes the class a second time under the same name.
        if registered.__qualname__ != cls.__qualname__ or registered.__module__ != cls.__module__:
            raise TypeError(f"two events are called {cls.kind}")
        _REGISTRY[cls.kind] = cls


_REGISTRY: dict[str, type[Event]] = {}
# Cached: resolving the type hints of a class takes longer than storing its entry.
_TEXT_FIELDS: dict[type[Event], tuple[str, ...]] = {}


class UnknownEvent(LookupError):
    """The log holds a kind, or a field, that this version does not know."""


def registry() -> dict[str, type[Event]]:
    """Every kind of event, by name; complete once the features are imported."""
    return dict(sorted(_REGISTRY.items()))


def field_names(event: type[Event]) -> tuple[str, ...]:
    """The names of an event's fields, in their order."""
    return tuple(field.name for field in fields(_as_dataclass(event)))


def text_fields(event: type[Event]) -> tuple[str, ...]:
    """The names of an event's fields that hold free text."""
    if event not in _TEXT_FIELDS:
        hints = get_type_hints(event)
        names = field_names(event)
        _TEXT_FIELDS[event] = tuple(name for name in names if _is_text(hints[name]))
    return _TEXT_FIELDS[event]


def to_data(event: Event) -> dict[str, Any]:
    """The event's fields as JSON values, free text included."""
    data: dict[str, Any] = _CONVERTER.unstructure(event)
    return data


def from_data(kind: str, data: Mapping[str, Any]) -> Event:
    """The event of that kind with those fields; UnknownEvent if either is not known."""
    try:
        return _CONVERTER.structure(dict(data), _REGISTRY[kind])
    except KeyError as error:
        raise UnknownEvent(f"no event is called {kind}") from error
    except Exception as error:
        raise UnknownEvent(f"{kind} does not fit its fields: {', '.join(sorted(data))}") from error


def _as_dataclass(event: type[Event]) -> Any:
    if not is_dataclass(event):
        raise TypeError(f"{event.__name__} is not a dataclass")
    return event


def _is_text(hint: Any) -> bool:
    return hint is FreeText or FreeText in getattr(hint, "__args__", ())


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_structure_hook(FreeText, lambda text, _: FreeText(text))
    converter.register_unstructure_hook(FreeText, str)
    converter.register_structure_hook_func(lambda hint: hint in (int, bool, str), _exactly)
    return converter


def _exactly(value: Any, wanted: type) -> Any:
    """A value of exactly that type: nothing is converted silently on its way into the log."""
    if type(value) is not wanted:
        raise TypeError(f"{value!r} is not {wanted.__name__}")
    return value


_CONVERTER = _converter()
