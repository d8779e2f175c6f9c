"""What the pages of sharing call things, and how they write money."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _

from consultazione.core.money import Unreadable
from consultazione.programme.amounts import written_money
from consultazione.sharing.budgets.models import BudgetState
from consultazione.sharing.criteria import CriterionKind

KIND_NAMES = {
    CriterionKind.POPULATION: _("By inhabitants"),
    CriterionKind.USERS: _("By users of the services"),
    CriterionKind.FIXED: _("By fixed parts"),
    CriterionKind.MIXED: _("Mixed"),
}
BUDGET_STATES = {
    BudgetState.DRAFT: _("Being prepared"),
    BudgetState.OPEN: _("Open for answers"),
    BudgetState.CLOSED: _("It is concluded"),
}
BUDGET_TONES = {
    BudgetState.DRAFT: "neutral",
    BudgetState.OPEN: "info",
    BudgetState.CLOSED: "success",
}
# Why an amount or a percentage that was typed is not read.
NUMBER_FAULTS = {
    Unreadable.INVALID: _("Write a number of zero or more, such as 12500 or 12500,50."),
    Unreadable.NEGATIVE: _("Write a number of zero or more, such as 12500 or 12500,50."),
    Unreadable.AMBIGUOUS: _("Write the number without dots, such as 12500 or 12500,50."),
}
# What may stand before or after either.
NUMBER_SIGNS = "€%"


def euro(amount: Decimal | str) -> str:
    """An amount, which a what-if keeps as text, as the pages of the programme write it."""
    return written_money(Decimal(amount))


def plain(number: Decimal) -> str:
    """A number as the reader's language writes it in a field: without the marks of thousands."""
    return str(format_decimal(number, "0.##"))


def euro_change(amount: Decimal | str) -> str:
    """The same with a plus where it is more."""
    sign = "+" if Decimal(amount) > 0 else ""
    return sign + euro(amount)
