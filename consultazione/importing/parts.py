"""What every part of a zone's file is made of."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load


class Part(Schema):
    """A mapping in the file."""

    @pre_load
    def days_as_text(self, data: Any, **_: Any) -> Any:
        """Undo YAML's parsing of days such as 2018-02-05: the fields expect the text."""
        if not isinstance(data, dict):
            return data
        return {key: _as_written(value) for key, value in data.items()}


def check_one_day(data: dict[str, Any]) -> None:
    """ValidationError unless a past thing has either a day or how many days ago it was."""
    if (data["day"] is None) == (data["days_ago"] is None):
        raise ValidationError("Write either day or days_ago.", "day")


class TimeOfDay(fields.Time):
    """A time of day, such as 17:30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            format="%H:%M", error_messages={"invalid": "Write a time such as 17:30."}, **kwargs
        )


def _as_written(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
