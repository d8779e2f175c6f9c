"""Who pays for an intervention, from which fund, and what was spent in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, insert, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.programme.amounts import checked_amount, money
from consultazione.programme.balances import refuse_misspending
from consultazione.programme.events import programme_stream
from consultazione.programme.locking import changed_intervention, intervention_in_turn, settle
from consultazione.programme.models import Fund, Intervention, Share
from consultazione.programme.sheet import NewShare
from consultazione.programme.steps import cost_shared, share_rows, spending_recorded
from consultazione.zones.models import Body

_NOTHING = Decimal(0)


def share_cost(
    tx: Transaction,
    *,
    intervention_id: int,
    total: Decimal,
    shares: Sequence[NewShare],
    reason: str = "",
) -> Intervention:
    """Set an intervention's total cost and share all of it out, in place of what was before.

    What was spent of a share stays with the same body and fund. Returns the intervention.
    NotFound if there is no such intervention. Invalid on `total` if the shares do not come to
    it; on `shares` if one is out of range, names a body or fund of another zone, or stands
    there twice, if a fund has not so much, or if it is earmarked for something else; on
    `reason` if the programme is approved and no reason is given.
    """
    intervention = changed_intervention(tx, intervention_id, Permission.SHARE_COST, reason)
    _check(tx, intervention, checked_amount(total, "total", least=_NOTHING), shares)
    _store(tx, intervention, shares)
    intervention.total = total
    tx.flush()
    refuse_misspending(tx.session, intervention.programme_id, "shares")
    settle(tx)
    tx.record(programme_stream(intervention.programme_id), cost_shared(intervention, shares))
    return intervention


def record_spending(
    tx: Transaction, *, intervention_id: int, spent: Mapping[int, Decimal], reason: str = ""
) -> Intervention:
    """Enter what was spent of each share, by share id; of those left out it is not known.

    Returns the intervention. NotFound if there is none; Invalid on `spent` if an amount is
    negative or has a third decimal, or if it is no share of this intervention. Actual figures
    come after the approval, so they need no reason.
    """
    intervention = intervention_in_turn(tx, intervention_id, Permission.RECORD_SPENDING)
    rows = {row.id: row for row in _rows(tx, intervention_id)}
    if not spent.keys() <= rows.keys():
        raise Invalid.at("spent", _("The shares have changed meanwhile: load the page again."))
    for share_id, row in rows.items():
        known = share_id in spent
        row.spent = checked_amount(spent[share_id], "spent", least=_NOTHING) if known else None
    tx.flush()
    tx.record(
        programme_stream(intervention.programme_id),
        spending_recorded(intervention, spent),
    )
    return intervention


def _check(
    tx: Transaction, intervention: Intervention, total: Decimal, shares: Sequence[NewShare]
) -> None:
    for number, share in enumerate(shares, 1):
        _check_amount(share, number)
    if len({share.payer for share in shares}) != len(shares):
        raise Invalid.at(
            "shares", _("The same body pays twice from the same fund: add the two shares up.")
        )
    zone_id = intervention.programme.zone_id
    _check_place(tx, Body, {share.body_id for share in shares}, zone_id)
    _check_place(tx, Fund, {share.fund_id for share in shares}, zone_id)
    shared = sum((share.amount for share in shares), _NOTHING)
    if shared != total:
        raise Invalid.at("total", _difference(total, shared))


def _check_amount(share: NewShare, number: int) -> None:
    try:
        checked_amount(share.amount, "shares")
    except Invalid as refusal:
        sentence = _("Share %(number)s: %(fault)s", number=number, fault=refusal.detail)
        raise Invalid.at("shares", sentence) from refusal


def _check_place(
    tx: Transaction, model: type[Body] | type[Fund], ids: Iterable[int], zone_id: int
) -> None:
    wanted = set(ids)
    query = select(func.count()).where(model.id.in_(wanted), model.zone_id == zone_id)
    if wanted and tx.session.scalar(query) != len(wanted):
        raise Invalid.at("shares", _("Choose among the bodies and the funds of this zone."))


def _difference(total: Decimal, shared: Decimal) -> LazyString:
    values = {"shared": money(shared), "total": money(total), "rest": money(abs(total - shared))}
    if shared < total:
        return _(
            "The shares come to %(shared)s, and the total is %(total)s: share out %(rest)s more.",
            **values,
        )
    return _(
        "The shares come to %(shared)s, and the total is %(total)s: that is %(rest)s too much.",
        **values,
    )


def _store(tx: Transaction, intervention: Intervention, shares: Sequence[NewShare]) -> None:
    spent = {
        (row.body_id, row.fund_id, row.activated_by_consultation): row.spent
        for row in _rows(tx, intervention.id)
    }
    tx.session.execute(delete(Share).where(Share.intervention_id == intervention.id))
    if shares:
        tx.session.execute(insert(Share), share_rows(intervention, shares, spent))


def _rows(tx: Transaction, intervention_id: int) -> list[Share]:
    query = select(Share).where(Share.intervention_id == intervention_id).order_by(Share.id)
    return list(tx.session.scalars(query))
