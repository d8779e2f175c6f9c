"""Funds of a zone, their earmarks, and what they have in a programme."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.programme.amounts import checked_amount, hundredths
from consultazione.programme.balances import refuse_misspending
from consultazione.programme.events import (
    EARMARK_DETAILS,
    FUND_DETAILS,
    EarmarkLifted,
    EarmarkSet,
    FundAmountSet,
    FundRegistered,
    programme_stream,
)
from consultazione.programme.kinds import AreaOfUse, MacroLevel, PolicyArea
from consultazione.programme.locking import (
    changed_programme,
    record_correction,
    settle,
    take_turn,
)
from consultazione.programme.models import Earmark, Fund, FundAmount, Share
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Zone

_WHOLE = Decimal(100)


def register_fund(
    tx: Transaction, *, zone_id: int, code: str, name: str, source: str = "", demo: bool = False
) -> Fund:
    """Enter a fund in the zone's register, and return it.

    code: its short name, such as FNPS. NotFound if there is no such zone; Conflict if the code
    is taken.
    """
    if tx.session.get(Zone, zone_id) is None:
        raise NotFound(_("There is no such zone."))
    require(tx.actor, Permission.REGISTER_FUND, zone_id=zone_id)
    fund = Fund(zone_id=zone_id, code=code, name=name, source=source, demo=demo)
    try:
        with tx.session.begin_nested():
            tx.session.add(fund)
    except IntegrityError as error:
        raise Conflict(_("The zone has a fund with this code: choose another.")) from error
    tx.record(zone_stream(zone_id), FundRegistered(fund_id=fund.id, details=FUND_DETAILS.of(fund)))
    return fund


def set_earmark(
    tx: Transaction,
    *,
    fund_id: int,
    purpose: str,
    percent: Decimal,
    level: MacroLevel | None = None,
    area: AreaOfUse | None = None,
    policy: PolicyArea | None = None,
    source: str = "",
) -> Earmark:
    """Reserve at least so many percent of a fund for a purpose, 100 for the whole fund.

    level, area, policy: where an intervention must lie to serve the purpose; one at least.
    NotFound if there is no such fund; Invalid on `percent` if it is not above 0 and up to 100
    with two decimals at most, or if a programme spends more elsewhere already; Invalid on
    `area` if the purpose is named nowhere.
    """
    fund = _locked_fund(tx, fund_id, Permission.SET_EARMARK)
    if level is None and area is None and policy is None:
        raise Invalid.at("area", _("Say which interventions serve the purpose: choose an area."))
    if checked_amount(percent, "percent") > _WHOLE:
        raise Invalid.at("percent", _("Write a percentage of 100 at most."))
    earmark = Earmark(
        fund_id=fund.id,
        purpose=purpose,
        level=level,
        area=area,
        policy=policy,
        percent=percent,
        source=source,
    )
    tx.session.add(earmark)
    tx.flush()
    for programme_id in _spends(tx, fund.id):
        refuse_misspending(tx.session, programme_id, "percent")
    settle(tx)
    tx.record(zone_stream(fund.zone_id), _earmarked(earmark))
    return earmark


def lift_earmark(tx: Transaction, *, earmark_id: int) -> None:
    """Let a fund be spent freely as far as one earmark goes; NotFound if there is none."""
    earmark = tx.session.get(Earmark, earmark_id)
    if earmark is None:
        raise NotFound(_("There is no such earmark."))
    fund = _locked_fund(tx, earmark.fund_id, Permission.LIFT_EARMARK)
    tx.session.refresh(earmark)
    tx.session.delete(earmark)
    tx.flush()
    tx.record(zone_stream(fund.zone_id), EarmarkLifted(earmark_id=earmark_id, fund_id=fund.id))


def set_fund_amount(
    tx: Transaction,
    *,
    programme_id: int,
    fund_id: int,
    amount: Decimal | None,
    reason: str = "",
) -> Fund:
    """Say how much a fund has in a programme; None if that is not known any more.

    Returns the fund. NotFound if there is no such programme; Invalid on `fund_id` if its zone
    has no such fund; Invalid on `amount` if it is none, or less than what is shared out or
    earmarks allow; Invalid on `reason` if the programme is approved and no reason is given.
    """
    programme = changed_programme(tx, programme_id, Permission.SET_FUND_AMOUNT)
    fund = tx.session.get(Fund, fund_id)
    if fund is None or fund.zone_id != programme.zone_id:
        raise Invalid.at("fund_id", _("Choose a fund of this zone."))
    if not programme.is_draft:
        record_correction(tx, programme, reason)
    _store_amount(tx, programme.id, fund.id, amount)
    refuse_misspending(tx.session, programme.id, "amount")
    settle(tx)
    cents = None if amount is None else hundredths(amount)
    tx.record(
        programme_stream(programme.id),
        FundAmountSet(programme_id=programme.id, fund_id=fund.id, cents=cents),
    )
    return fund


def _store_amount(tx: Transaction, programme_id: int, fund_id: int, amount: Decimal | None) -> None:
    row = tx.session.get(FundAmount, (programme_id, fund_id))
    if amount is None:
        if row is not None:
            tx.session.delete(row)
    elif row is None:
        amount = checked_amount(amount, "amount")
        tx.session.add(FundAmount(programme_id=programme_id, fund_id=fund_id, amount=amount))
    else:
        row.amount = checked_amount(amount, "amount")
    tx.flush()


def _locked_fund(tx: Transaction, fund_id: int, permission: Permission) -> Fund:
    fund = tx.session.get(Fund, fund_id)
    if fund is None:
        raise NotFound(_("There is no such fund."))
    require(tx.actor, permission, zone_id=fund.zone_id)
    take_turn(tx, fund.zone_id)
    return fund


def _spends(tx: Transaction, fund_id: int) -> list[int]:
    query = select(Share.programme_id).where(Share.fund_id == fund_id).distinct()
    return list(tx.session.scalars(query))


def _earmarked(earmark: Earmark) -> EarmarkSet:
    return EarmarkSet(
        earmark_id=earmark.id,
        fund_id=earmark.fund_id,
        hundredths=hundredths(earmark.percent),
        level=earmark.level,
        area=earmark.area,
        policy=earmark.policy,
        details=EARMARK_DETAILS.of(earmark),
    )
