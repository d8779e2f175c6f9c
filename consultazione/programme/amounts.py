"""Amounts as commands take them, and as sentences and pages say them. Euro, never a float."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import LazyString, format_decimal
from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.core.money import CENT, MOST

# The sign for less than zero: a hyphen is easily overlooked, or taken for a dash.
MINUS = "\u2212"


def checked_amount(amount: Decimal, field: str, *, least: Decimal = CENT) -> Decimal:
    """The amount, if it has a place in the books.

    Invalid on the field if it is below `least`, beyond MOST, no number, or has a fraction of a
    cent: nothing is rounded in silence.
    """
    if amount.is_finite() and amount > MOST:
        raise Invalid.at(field, _("Write an amount of %(most)s at most.", most=money(MOST)))
    if amount.is_finite() and amount < least:
        raise Invalid.at(field, _("Write an amount of %(least)s at least.", least=money(least)))
    if not amount.is_finite() or amount != amount.quantize(CENT):
        raise Invalid.at(field, _("Write an amount with at most two decimals."))
    return amount


def hundredths(number: Decimal) -> int:
    """A number with two decimals as a whole number, as the log keeps it."""
    return int(number * 100)


def money(amount: Decimal) -> LazyString:
    """An amount as the reader's language writes it, with the sign of the euro."""
    return LazyString(lambda: written_money(amount))


def written_money(amount: Decimal) -> str:
    """The same as text: "1.234,50 €" in Italian."""
    return f"{format_decimal(amount, '#,##0.00')}\u00a0€".replace("-", MINUS)


def written_number(number: Decimal) -> str:
    """A quantity or a measure as the reader's language writes it, without idle zeros."""
    return str(format_decimal(number, "#,##0.##"))
