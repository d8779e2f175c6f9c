"""The plan of an import: for each intervention of the file what would become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from consultazione.exchange.planning.present import Held, Present
from consultazione.exchange.reading.faults import Fault
from consultazione.exchange.reading.headings import Column
from consultazione.programme.sheet import Payer, Sheet

# The column that says each part of a sheet.
FIELDS = {
    "title": Column.TITLE,
    "kind": Column.KIND,
    "scheda": Column.SCHEDA,
    "regional_area": Column.REGIONAL_AREA,
    "level": Column.LEVEL,
    "area": Column.AREA,
    "policies": Column.POLICIES,
    "lead_body_id": Column.LEAD_BODY,
    "body_ids": Column.BODIES,
    "table_id": Column.TABLE,
    "priority_ids": Column.PRIORITIES,
    "objectives": Column.OBJECTIVES,
    "actions": Column.ACTIONS,
    "recipients": Column.RECIPIENTS,
    "integration": Column.INTEGRATION,
}


class Change(StrEnum):
    """What an import does with an intervention."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Item:
    """An intervention of the file. rows: its lines. present: as it stands, None for a new one.

    sheet, shares: as they would be; None and empty if it is refused.
    """

    rows: Sequence[int]
    title: str
    present: Present | None = None
    sheet: Sheet | None = None
    shares: Mapping[Payer, Held]
    faults: Sequence[Fault] = ()

    @property
    def change(self) -> Change:
        """What becomes of it."""
        if self.sheet is None:
            return Change.REFUSED
        if self.present is None:
            return Change.NEW
        return Change.CHANGED if self.sheet_differs or self.shares_differ else Change.UNCHANGED

    @property
    def sheet_differs(self) -> bool:
        """True if what is said beside the money would change."""
        return self.present is not None and self.sheet != self.present.sheet

    @property
    def shares_differ(self) -> bool:
        """True if something of a share would change."""
        return self.present is None or dict(self.shares) != dict(self.present.shares)

    @property
    def amounts_differ(self) -> bool:
        """True if a share would come, go, or have another amount; not for what was spent."""
        before = {} if self.present is None else self.present.shares
        return _amounts(before) != _amounts(self.shares)

    @property
    def spending_differs(self) -> bool:
        """True if what was spent of a share would be known, unknown or another sum."""
        before = {} if self.present is None else self.present.shares
        return _spent(before) != _spent(self.shares)

    @property
    def needs_reason(self) -> bool:
        """True if more would change than what was spent, which an approval closes."""
        return self.change is Change.NEW or (
            self.change is Change.CHANGED and (self.sheet_differs or self.amounts_differ)
        )

    @property
    def differing(self) -> list[Column]:
        """The columns in which it differs from what there is; none for a new one."""
        if self.present is None or self.sheet is None:
            return []
        before, after = vars(self.present.sheet), vars(self.sheet)
        said = [column for name, column in FIELDS.items() if before[name] != after[name]]
        amounts = [Column.AMOUNT] if self.amounts_differ else []
        return [*said, *amounts, *([Column.SPENT] if self.spending_differs else [])]

    @property
    def total(self) -> Decimal:
        """The cost that the intervention would have."""
        return sum((held.amount for held in self.shares.values()), Decimal(0))

    @property
    def total_before(self) -> Decimal:
        """The cost that it has."""
        held = () if self.present is None else self.present.shares.values()
        return sum((share.amount for share in held), Decimal(0))


@dataclass(frozen=True)
class Balance:
    """A sum before and after the import. name: of a fund or a body."""

    name: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """By how much it grows."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """All of an import. untouched: how many interventions of the programme the file leaves out.

    faults: of lines. misspent: sentences on funds that would not have so much, or that are
    earmarked for something else. seen: the last entry of the programme's stream.
    """

    items: Sequence[Item]
    untouched: int
    faults: Sequence[Fault]
    misspent: Sequence[Any]
    by_fund: Sequence[Balance]
    by_body: Sequence[Balance]
    total: Balance
    seen: int

    def of(self, change: Change) -> list[Item]:
        """The interventions of which that becomes."""
        return [item for item in self.items if item.change is change]

    @property
    def counts(self) -> dict[Change, int]:
        """How many of each."""
        return {change: len(self.of(change)) for change in Change}

    @property
    def is_in_order(self) -> bool:
        """True if nothing is refused."""
        return not (self.faults or self.misspent or self.of(Change.REFUSED))

    @property
    def changes_something(self) -> bool:
        """True if the programme would not stay as it is."""
        return bool(self.of(Change.NEW) or self.of(Change.CHANGED))

    @property
    def needs_reason(self) -> bool:
        """True if one of them needs it."""
        return any(item.needs_reason for item in self.items)


def _amounts(shares: Mapping[Payer, Held]) -> dict[Payer, Decimal]:
    return {payer: held.amount for payer, held in shares.items()}


def _spent(shares: Mapping[Payer, Held]) -> dict[Payer, Decimal]:
    return {payer: held.spent for payer, held in shares.items() if held.spent is not None}
