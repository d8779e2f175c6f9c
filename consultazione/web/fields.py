"""Fields of request bodies, with messages that name the remedy in the reader's language."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, missing, validate

from consultazione.core import money
from consultazione.core.clock import from_rome
from consultazione.core.errors import Invalid
from consultazione.core.incoming.email_address import MOST_CHARACTERS, fold_address
from consultazione.core.text import fault_of_name, has_control_characters, tidy

_REQUIRED = {
    "required": _("Please fill in this field."),
    "null": _("Please fill in this field."),
}


class Words(fields.String):
    """Text from a person, tidied; control characters are refused."""

    default_error_messages = {
        **_REQUIRED,
        "invalid": _("Write some text here."),
    }

    def __init__(self, *, most: int, least: int = 1, **kwargs: Any) -> None:
        checks = [*kwargs.pop("validate", ()), _length(least, most)]
        super().__init__(validate=checks, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = tidy(super()._deserialize(value, attr, data, **kwargs) or "")
        if has_control_characters(text):
            raise ValidationError(str(_("The text holds characters that cannot be stored.")))
        return text


class Line(Words):
    """One line of text."""

    def __init__(self, *, most: int = 200, least: int = 1, **kwargs: Any) -> None:
        super().__init__(most=most, least=least, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return " ".join(super()._deserialize(value, attr, data, **kwargs).split())


class Name(Line):
    """What somebody or something is called, shown beside what they do: without hidden signs."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        fault = fault_of_name(name) if name else None
        if fault is not None:
            raise ValidationError(str(fault))
        return name


class Link(Line):
    """The address of a page elsewhere; least: 0 if there may be none."""

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        error = _("Write a whole address that begins with https://, such as https://example.it.")
        check = validate.URL(schemes={"https", "http"}, error=error)
        checked = (lambda text: check(text) if text else None,)
        super().__init__(most=300, least=least, validate=checked, **kwargs)


class Prose(Words):
    """A text of several paragraphs, in markdown."""

    def __init__(self, *, most: int = 10_000, least: int = 1, **kwargs: Any) -> None:
        super().__init__(most=most, least=least, **kwargs)


class Email(Words):
    """An e-mail address, in the form of `core.incoming.email_address`."""

    def __init__(self, **kwargs: Any) -> None:
        check = validate.Email(error=_("Write an e-mail address such as name@example.it."))
        super().__init__(most=MOST_CHARACTERS, validate=(check,), **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        typed = super()._deserialize(value, attr, data, **kwargs)
        try:
            return fold_address(typed)
        except Invalid as refusal:
            raise ValidationError(str(refusal.detail)) from refusal


class Choice(fields.Enum[StrEnum]):
    """A value of a closed list."""

    default_error_messages = {
        **_REQUIRED,
        "unknown": _("Choose one of the answers offered."),
    }

    def __init__(self, enum: type[StrEnum], **kwargs: Any) -> None:
        super().__init__(enum, by_value=True, **kwargs)


class Digest(fields.Field[bytes]):
    """The digest of something on the page, in hexadecimal digits there; its bytes."""

    default_error_messages = {
        **_REQUIRED,
        "unknown": _("Choose one of the answers offered."),
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bytes:
        try:
            return bytes.fromhex(value)
        except (TypeError, ValueError) as error:
            raise self.make_error("unknown") from error


class Password(fields.String):
    """A password, taken exactly as typed, short enough to be hashed cheaply.

    least: 0 if it may be empty or missing.
    """

    def __init__(self, *, least: int = 1) -> None:
        empty = _("Please fill in this field.")
        length = validate.Length(least, 1000, error=_("Write between 1 and 1000 characters."))
        super().__init__(
            required=least > 0,
            load_default=missing if least else "",
            validate=length,
            error_messages={"required": empty},
        )


class _MayBeEmpty(fields.Field[Any]):
    """A field whose empty answer counts as none."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return super().deserialize(None if value == "" else value, *args, **kwargs)


_DIGITS = re.compile(r"\s*[+-]?[0-9]+\s*")


class Whole(_MayBeEmpty, fields.Integer):
    """A whole number within bounds; an empty answer counts as none where that is allowed.

    A fraction is no whole number, nor are digits that only Python reads so (1_000, ²).
    """

    default_error_messages = {
        **_REQUIRED,
        "invalid": _("Write a whole number."),
        "too_large": _("Write a whole number."),
    }

    def __init__(self, *, least: int = 1, most: int = 2**53, **kwargs: Any) -> None:
        message = _("Write a number from %(least)s to %(most)s.", least=least, most=most)
        super().__init__(validate=validate.Range(least, most, error=message), **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        is_fraction = isinstance(value, float) and not value.is_integer()
        if is_fraction or (isinstance(value, str) and not _DIGITS.fullmatch(value)):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


# Beyond these years a moment may have no place in a calendar of another time zone.
_YEARS = range(1900, 2200)
_AS_AMOUNTS_ARE_WRITTEN = _("Write an amount such as 1234,50, with at most two decimals.")


class Amount(_MayBeEmpty, fields.Field[Decimal]):
    """An amount or a measure with two decimals at most, written with a comma or a point.

    A number with a third decimal is refused, and so is 1.234, which may be either.
    """

    signs = "€"
    default_error_messages = {
        **_REQUIRED,
        **dict.fromkeys(("invalid", "ambiguous", "decimals"), _AS_AMOUNTS_ARE_WRITTEN),
        "negative": _("Write an amount that is not negative."),
        "too_large": _("Write an amount of %(most)s at most.", most="999999999999,99"),
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Decimal:
        typed = str(value) if isinstance(value, str | int) else ""
        amount = money.read_amount(typed, self.signs)
        if isinstance(amount, money.Unreadable):
            raise self.make_error(amount.value)
        if amount > money.MOST:
            raise self.make_error("too_large")
        if amount != amount.quantize(money.CENT):
            raise self.make_error("decimals")
        return amount


class Day(_MayBeEmpty, fields.Date):
    """A calendar day, ISO 8601."""

    default_error_messages = {
        **_REQUIRED,
        "invalid": _("Write a date such as 2018-02-05."),
    }

    def _deserialize(self, *args: Any, **kwargs: Any) -> date:
        day = super()._deserialize(*args, **kwargs)
        if day.year not in _YEARS:
            raise self.make_error("invalid")
        return day


class AwareMoment(fields.AwareDateTime):
    """A moment with its offset from UTC, ISO 8601."""

    default_error_messages = {
        **_REQUIRED,
        "invalid": _("Write a date and a time such as 2018-02-05T17:30."),
    }

    def _deserialize(self, *args: Any, **kwargs: Any) -> datetime:
        moment = super()._deserialize(*args, **kwargs)
        if moment.year not in _YEARS:
            raise self.make_error("invalid")
        return moment


class RomeMoment(_MayBeEmpty, fields.NaiveDateTime):
    """A moment as an Italian clock shows it, without zone; loaded as UTC."""

    default_error_messages = {
        **_REQUIRED,
        "invalid": _("Write a date and a time such as 2018-02-05T17:30."),
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> datetime:
        local = super()._deserialize(value, attr, data, **kwargs)
        if local.year not in _YEARS:
            raise self.make_error("invalid")
        return from_rome(local)


class PageArgs(Schema):
    """Keyset paging: what comes after an id, so many at a time."""

    after = Whole(load_default=0, least=0)
    limit = Whole(load_default=50, most=200)


def _length(least: int, most: int) -> validate.Length:
    if least <= 1:
        short = _("Please fill in this field.")
    else:
        short = _("Write at least %(least)s characters.", least=least)
    long = _("Shorten the text to %(most)s characters at most.", most=most)
    return _Length(least, most, short=short, long=long)


class _Length(validate.Length):
    """A length whose two faults have two sentences."""

    def __init__(self, least: int, most: int, *, short: Any, long: Any) -> None:
        super().__init__(min=least, max=most)
        self.short, self.long = short, long

    def __call__(self, value: Any) -> Any:
        if len(value) < (self.min or 0):
            raise ValidationError(str(self.short))
        if len(value) > (self.max or len(value)):
            raise ValidationError(str(self.long))
        return value


class ReasonSchema(Schema):
    """Why somebody decides against something; everybody reads it."""

    reason = Prose(required=True, least=10, most=2000)


class NoFieldsSchema(Schema):
    """A form that says no more than yes: one button, or a file, which travels beside the fields."""
