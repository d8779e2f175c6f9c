"""The form of a what-if: what was typed, what it changes, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flask_babel import gettext as _

from consultazione.core.errors import Invalid, Refusal
from consultazione.core.money import Unreadable, read_amount
from consultazione.sharing.criteria import BASES, CriterionKind
from consultazione.sharing.labels import NUMBER_FAULTS, NUMBER_SIGNS, plain
from consultazione.sharing.whatif import Basis, Change, Figures, figures_of


@dataclass
class Sheet:
    """The form as the page shows it. labels: what the fields are called beside their errors."""

    values: dict[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    change: Change = field(default_factory=Change)
    figures: Figures | None = None

    def refuse(self, refusal: Refusal) -> None:
        """Note what a rule says of the input."""
        named = {name: list(map(str, said)) for name, said in refusal.fields.items()}
        self.errors = named or {"": [str(refusal.detail)]}


def read_sheet(given: Mapping[str, str], basis: Basis) -> Sheet:
    """What was typed, over what is; with its effect, unless something is wrong with it."""
    labels = {f"amount-{item.id}": item.title for item in basis.items}
    sheet = Sheet({**_as_it_is(basis), **given}, labels=labels)
    amounts = {item.id: _number(sheet, f"amount-{item.id}") for item in basis.items}
    criteria = {item.id: _criterion(sheet, f"criterion-{item.id}", basis) for item in basis.items}
    percentages = {
        rule.id: {b: _number(sheet, f"percentage_{b.value}-{rule.id}") for b in BASES}
        for rule in basis.rules.values()
        if rule.division.criterion.kind is CriterionKind.MIXED
    }
    if not sheet.errors:
        sheet.change = Change(amounts, criteria, percentages)
        try:
            sheet.figures = figures_of(basis, sheet.change)
        except Invalid as refusal:
            sheet.refuse(refusal)
    return sheet


def _as_it_is(basis: Basis) -> dict[str, str]:
    values: dict[str, str] = {}
    for item in basis.items:
        values[f"amount-{item.id}"] = plain(item.amount)
        values[f"criterion-{item.id}"] = str(item.criterion_id)
    for rule in basis.rules.values():
        for kind in BASES:
            percentage = rule.division.criterion.percentages.get(kind, Decimal(0))
            values[f"percentage_{kind.value}-{rule.id}"] = plain(percentage)
    return values


def _number(sheet: Sheet, name: str) -> Decimal:
    amount = read_amount(sheet.values[name] or "0", NUMBER_SIGNS)
    if isinstance(amount, Unreadable):
        sheet.errors[name] = [str(NUMBER_FAULTS[amount])]
        return Decimal(0)
    return amount


def _criterion(sheet: Sheet, name: str, basis: Basis) -> int:
    chosen = sheet.values[name]
    if chosen not in map(str, basis.rules):
        sheet.errors[name] = [_("Choose one of the answers offered.")]
        return 0
    return int(chosen)
