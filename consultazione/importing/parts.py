"""What every part of a zone's file is made of."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate

from consultazione.core.errors import Invalid
from consultazione.core.incoming.frame_hosts import read_hosts
from consultazione.web.fields import Amount, Line

Items = Sequence[Mapping[str, object]]


class Part(Schema):
    """A mapping in the file; a key that is not known is refused."""

    class Meta:
        unknown = RAISE

    @pre_load
    def days_as_text(self, data: Any, **_: Any) -> Any:
        """Undo YAML's parsing of days such as 2018-02-05: the fields expect the text."""
        if not isinstance(data, dict):
            return data
        return {key: _as_written(value) for key, value in data.items()}


class FrameHost(Line):
    """A site that may show the widget: its origin."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        try:
            (host,) = read_hosts(super()._deserialize(value, attr, data, **kwargs))
        except (Invalid, ValueError) as error:
            sentence = "Write one site such as https://www.comune.example.it."
            raise ValidationError(sentence) from error
        return host


def check_one_day(data: Mapping[str, object]) -> None:
    """ValidationError unless a past thing has either a day or how many days ago it was."""
    if (data["day"] is None) == (data["days_ago"] is None):
        raise ValidationError("Write either day or days_ago.", "day")


def refuse_repeated(data: Mapping[str, Items], named_by: Mapping[str, str]) -> None:
    """ValidationError on items that have the name of one before them in their section.

    named_by: the field that names an item, by section.
    """
    wrong = {
        section: twice
        for section, field in named_by.items()
        if (twice := _repeated(data[section], field))
    }
    if wrong:
        raise ValidationError(wrong)


def twice(name: object) -> str:
    """Why an item is refused that has the name of one before it."""
    return f"{name!s} stands here twice: change one, or drop it"


class TimeOfDay(fields.Time):
    """A time of day, such as 17:30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            format="%H:%M", error_messages={"invalid": "Write a time such as 17:30."}, **kwargs
        )


class Slug(Line):
    """The name of something in addresses."""

    def __init__(self, **kwargs: Any) -> None:
        message = "Write small letters without accents, digits and hyphens, such as valle-del-reno."
        pattern = validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", error=message)
        super().__init__(most=80, validate=(pattern,), **kwargs)


class Encoded(fields.Field[bytes]):
    """A picture or another file in Base64 (RFC 4648, 4), loaded as its bytes."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bytes:
        try:
            return b64decode("".join(value.split()), validate=True)
        except (AttributeError, ValueError) as error:
            raise ValidationError("Write the file in Base64.") from error


class Sum(Amount):
    """An amount or a measure as YAML has it: 1200, 1200.50, or a text such as "1200,50".

    YAML reads 1200.50 as a float; its shortest form is what stands in the file, to 15 figures.
    """

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Decimal:
        written = repr(value) if isinstance(value, float) else value
        return super()._deserialize(written, attr, data, **kwargs)


def _as_written(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _repeated(items: Items, field: str) -> dict[int, dict[str, list[str]]]:
    """The items, by their place, whose field has what one before them has."""
    seen: set[object] = set()
    found: dict[int, dict[str, list[str]]] = {}
    for place, item in enumerate(items):
        if item[field] in seen:
            found[place] = {field: [twice(item[field])]}
        seen.add(item[field])
    return found
