"""What a file says beside what there is: names found, sheets and shares put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from consultazione.exchange.planning.plan import FIELDS, Item
from consultazione.exchange.planning.present import Held, Present
from consultazione.exchange.planning.registers import Register, Registers
from consultazione.exchange.reading.drafts import Draft, Reading, ShareDraft
from consultazione.exchange.reading.faults import Fault, FaultKind, shortened
from consultazione.exchange.reading.headings import Column, key_of
from consultazione.programme.kinds import AreaOfUse, InterventionKind, MacroLevel, PolicyArea
from consultazione.programme.sheet import Payer, Sheet

# Texts of the sheet, by column.
_TEXTS = {
    column: name
    for name, column in FIELDS.items()
    if name in {"scheda", "regional_area", "objectives", "actions", "recipients", "integration"}
}
_NEEDED = (Column.LEVEL, Column.AREA, Column.LEAD_BODY)


@dataclass(frozen=True)
class Comparison:
    """A reading beside a programme's interventions and the names of its zone."""

    reading: Reading
    present: Mapping[int, Present]
    names: Registers

    def items(self) -> list[Item]:
        """One for each intervention of the file."""
        refused = defaultdict(list)
        for fault in self.reading.faults:
            refused[fault.row].append(fault)
        by_title: dict[str, list[Present]] = defaultdict(list)
        for row in self.present.values():
            by_title[key_of(row.sheet.title)].append(row)
        taken: dict[int, int] = {}
        return [
            _Draft(self, draft, by_title, taken).item(
                [fault for row in draft.rows for fault in refused[row]]
            )
            for draft in self.reading.drafts
        ]


@dataclass
class _Draft:
    """One intervention of the file; `faults` fill up as names are looked for."""

    of: Comparison
    draft: Draft
    by_title: Mapping[str, list[Present]]
    taken: dict[int, int]
    faults: list[Fault] = field(default_factory=list)

    def item(self, faults: Iterable[Fault]) -> Item:
        """What would become of it. faults: what the file itself has wrong on its lines."""
        self.faults += faults
        present = self._present()
        sheet = self._sheet(present) if not self.faults else None
        shares = self._shares(present)
        refused = bool(self.faults)
        return Item(
            rows=self.draft.rows,
            title=self.draft.title,
            present=present,
            sheet=None if refused else sheet,
            shares={} if refused else shares,
            faults=self.faults,
        )

    def refuse(
        self, kind: FaultKind, column: Column, value: object, *, row: int = 0, known: str = ""
    ) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(
            Fault(
                kind=kind,
                sheet=self.of.reading.sheet,
                row=row or self.draft.row,
                column=self.of.reading.letters.get(column, ""),
                heading=column.value,
                value=shortened(value),
                known=known,
            )
        )

    def _present(self) -> Present | None:
        """The intervention that the lines are about: by its number, else by its title."""
        number = self.draft.number
        if number is not None:
            found = [self.of.present[number]] if number in self.of.present else []
            if not found:
                self.refuse(FaultKind.NO_SUCH_NUMBER, Column.NUMBER, number)
        else:
            found = self.by_title.get(key_of(self.draft.title), [])
            if len(found) > 1:
                self.refuse(FaultKind.TITLE_OF_SEVERAL, Column.TITLE, self.draft.title)
        if len(found) != 1:
            return None
        first = self.taken.setdefault(found[0].id, self.draft.row)
        if first != self.draft.row:
            self.refuse(FaultKind.TWICE_IN_FILE, Column.TITLE, self.draft.title, known=str(first))
        return found[0]

    def _sheet(self, present: Present | None) -> Sheet | None:
        """The sheet as it would be; what the file has no column for stays."""
        values = {**self._texts(), **self._chosen(present), **self._found()}
        if present is not None:
            return _tidy(replace(present.sheet, **values))
        missing = [column for column in _NEEDED if column not in self.draft.fields]
        for column in missing:
            self.refuse(FaultKind.NEEDED_WHEN_NEW, column, "")
        return None if self.faults else _tidy(Sheet(**values))

    def _texts(self) -> Mapping[str, Any]:
        given = {name: column for column, name in _TEXTS.items() if column in self._columns}
        texts = {name: self.draft.fields.get(column, "") for name, column in given.items()}
        return {"title": self.draft.title, **texts}

    def _chosen(self, present: Present | None) -> Mapping[str, Any]:
        """Values of closed lists. Those that a sheet cannot do without stay if a cell is empty."""
        fields = self.draft.fields
        values: dict[str, Any] = {}
        if Column.KIND in fields:
            values["kind"] = InterventionKind(fields[Column.KIND])
        elif present is None:
            values["kind"] = InterventionKind.SERVICE
        if Column.LEVEL in fields:
            values["level"] = MacroLevel(fields[Column.LEVEL])
        if Column.AREA in fields:
            values["area"] = AreaOfUse(fields[Column.AREA])
        if Column.POLICIES in self._columns:
            said = {policy for policy in fields.get(Column.POLICIES, "").split(";") if policy}
            values["policies"] = tuple(PolicyArea(policy) for policy in sorted(said))
        return values

    def _found(self) -> Mapping[str, Any]:
        """Ids of what the file names."""
        fields, names = self.draft.fields, self.of.names
        values: dict[str, Any] = {}
        if Column.LEAD_BODY in fields:
            values["lead_body_id"] = self._id(names.bodies, Column.LEAD_BODY)
        if Column.TABLE in self._columns:
            told = Column.TABLE in fields
            values["table_id"] = self._id(names.tables, Column.TABLE) if told else None
        if Column.BODIES in self._columns:
            values["body_ids"] = self._ids(names.bodies, Column.BODIES)
        if Column.PRIORITIES in self._columns:
            values["priority_ids"] = self._ids(names.priorities, Column.PRIORITIES)
        return values

    @property
    def _columns(self) -> Collection[Column]:
        """Those that the file has."""
        return self.of.reading.letters.keys()

    def _id(self, register: Register, column: Column) -> int | None:
        return self._one(register, column, self.draft.fields[column])

    def _ids(self, register: Register, column: Column) -> tuple[int, ...]:
        said = self.draft.fields.get(column, "").split(";")
        found = [self._one(register, column, name.strip()) for name in said if name.strip()]
        return tuple(sorted({number for number in found if number is not None}))

    def _one(self, register: Register, column: Column, name: str, row: int = 0) -> int | None:
        found = register.find(name)
        if found is None:
            self.refuse(FaultKind.UNKNOWN_NAME, column, name, row=row, known=register.told)
        return found

    def _shares(self, present: Present | None) -> dict[Payer, Held]:
        """The shares as they would be; what was spent stays if the file has no column for it."""
        before = {} if present is None else present.shares
        shares: dict[Payer, Held] = {}
        for share in self.draft.shares:
            payer = self._payer(share)
            if payer is None:
                continue
            if payer in shares:
                self.refuse(FaultKind.SHARE_TWICE, Column.BODY, share.body, row=share.row)
            spent = share.spent
            if Column.SPENT not in self._columns and payer in before:
                spent = before[payer].spent
            shares[payer] = Held(share.amount, spent)
        return shares

    def _payer(self, share: ShareDraft) -> Payer | None:
        body = self._one(self.of.names.bodies, Column.BODY, share.body, share.row)
        fund = self._one(self.of.names.funds, Column.FUND, share.fund, share.row)
        return None if body is None or fund is None else (body, fund, share.activated)


def _tidy(sheet: Sheet) -> Sheet:
    """The lead body is not among the others that are involved."""
    others = tuple(body_id for body_id in sheet.body_ids if body_id != sheet.lead_body_id)
    return replace(sheet, body_ids=others)
