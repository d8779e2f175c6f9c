"""Amounts as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid

_ITALIAN = re.compile(r"(\d{1,3}(\.\d{3})*|\d+),(\d+)", re.ASCII)
_PLAIN = re.compile(r"\d+(\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(\.\d{3}){2,}", re.ASCII)


def parse_decimal(typed: str, field: str) -> Decimal:
    """A number as people write it: 1234.5, 1.234,50, 12 000, with or without the sign of the euro.

    field: what Invalid names. One dot before three digits could mean a thousand or a fraction,
    so it is refused; a negative number is refused too.
    """
    text = re.sub(r"[\s\u00a0€%']", "", typed)[:40]
    if _ITALIAN.fullmatch(text) or _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if not _PLAIN.fullmatch(text):
        raise Invalid.at(field, _("Write a number of zero or more, such as 12500 or 12500,50."))
    if re.fullmatch(r"\d{1,3}\.\d{3}", text):
        raise Invalid.at(field, _("Write the number without dots, such as 12500 or 12500,50."))
    return Decimal(text)
