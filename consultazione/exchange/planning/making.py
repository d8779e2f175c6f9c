"""Makes the plan of an import, with the sums before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.exchange.planning.comparing import Comparison
from consultazione.exchange.planning.plan import Balance, ImportPlan, Item
from consultazione.exchange.planning.present import (
    Held,
    present_interventions,
)
from consultazione.exchange.planning.registers import Register, registers
from consultazione.exchange.reading.drafts import Reading
from consultazione.programme.balances import EarmarkBalance, FundBalance, earmarks, faults_of
from consultazione.programme.events import programme_stream
from consultazione.programme.models import AnnualProgramme, Earmark, Fund, FundAmount
from consultazione.programme.sheet import Payer, Sheet

_NOTHING = Decimal(0)
# What an intervention is and who pays for it, before or after the import.
_State = tuple[Sheet, Mapping[Payer, Held]]


def make_plan(session: Session, programme: AnnualProgramme, reading: Reading) -> ImportPlan:
    """What a file would change in a programme, as the session sees it."""
    present = present_interventions(session, programme.id)
    names = registers(session, programme)
    items = Comparison(reading, present, names).items()
    touched = {item.present.id for item in items if item.present}
    left = [(row.sheet, row.shares) for row in present.values() if row.id not in touched]
    before = [(row.sheet, row.shares) for row in present.values()]
    after = [*left, *_states(items)]
    return ImportPlan(
        items=items,
        untouched=len(left),
        faults=_all_faults(reading, items),
        misspent=list(_misspent(session, programme, after)),
        by_fund=_balances(names.funds, before, after, lambda payer: payer[1]),
        by_body=_balances(names.bodies, before, after, lambda payer: payer[0]),
        total=Balance("", _total(before), _total(after)),
        seen=log.head(session, programme_stream(programme.id)),
    )


def _states(items: Sequence[Item]) -> Iterator[_State]:
    """As they would be; what is refused stays as it is."""
    for item in items:
        if item.sheet is not None:
            yield item.sheet, item.shares
        elif item.present is not None:
            yield item.present.sheet, item.present.shares


def _all_faults(reading: Reading, items: Sequence[Item]) -> list[Any]:
    """The file's own faults, and those of its lines, in the order of the lines."""
    found = [fault for item in items for fault in item.faults]
    rest = [fault for fault in reading.faults if fault not in found]
    return sorted([*rest, *found], key=lambda fault: fault.row)


def _total(states: Sequence[_State]) -> Decimal:
    return sum((held.amount for _sheet, shares in states for held in shares.values()), _NOTHING)


def _sums(states: Sequence[_State], key: Callable[[Payer], int]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for _sheet, shares in states:
        for payer, held in shares.items():
            sums[key(payer)] += held.amount
    return sums


def _balances(
    register: Register,
    before: Sequence[_State],
    after: Sequence[_State],
    key: Callable[[Payer], int],
) -> list[Balance]:
    """A balance for each fund or body that pays before or after, by name."""
    was, will = _sums(before, key), _sums(after, key)
    found = [
        Balance(register.names[number], was.get(number, _NOTHING), will.get(number, _NOTHING))
        for number in was.keys() | will.keys()
    ]
    return sorted(found, key=lambda balance: balance.name)


def _misspent(
    session: Session, programme: AnnualProgramme, after: Sequence[_State]
) -> Iterator[Any]:
    """Sentences on the funds that would not come out right."""
    used = _sums(after, lambda payer: payer[1])
    funds = session.scalars(select(Fund).where(Fund.id.in_(used)).order_by(Fund.code))
    given = session.execute(
        select(FundAmount.fund_id, FundAmount.amount).where(FundAmount.programme_id == programme.id)
    )
    has = dict(iter(given))
    balances = [FundBalance(fund, has.get(fund.id), used[fund.id], _NOTHING) for fund in funds]
    bases = {balance.fund.id: balance.base for balance in balances}
    marks = [
        _earmark_balance(mark, after, bases[mark.fund_id])
        for mark in earmarks(session, programme.zone_id)
        if mark.fund_id in bases
    ]
    return faults_of(balances, marks)


def _earmark_balance(mark: Earmark, after: Sequence[_State], base: Decimal) -> EarmarkBalance:
    sums = {True: _NOTHING, False: _NOTHING}
    for sheet, shares in after:
        of_fund = [held.amount for payer, held in shares.items() if payer[1] == mark.fund_id]
        sums[_serves(mark, sheet)] += sum(of_fund, _NOTHING)
    return EarmarkBalance(mark, served=sums[True], elsewhere=sums[False], base=base)


def _serves(mark: Earmark, sheet: Sheet) -> bool:
    """True if an intervention lies in all that an earmark names."""
    return (
        mark.level in {None, sheet.level}
        and mark.area in {None, sheet.area}
        and (mark.policy is None or mark.policy in sheet.policies)
    )
