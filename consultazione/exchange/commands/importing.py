"""Taking interventions and shares from a file that was read and looked at before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select, update

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.exchange.events import ProgrammeImported
from consultazione.exchange.planning.making import make_plan
from consultazione.exchange.planning.plan import Change, ImportPlan, Item
from consultazione.exchange.planning.present import Payer
from consultazione.exchange.reading.drafts import Reading
from consultazione.programme.amounts import hundredths
from consultazione.programme.events import (
    CostShared,
    InterventionAdded,
    InterventionRevised,
    SpendingRecorded,
    programme_stream,
)
from consultazione.programme.locking import changed_programme, record_correction, settle
from consultazione.programme.models import (
    AnnualProgramme,
    Intervention,
    InterventionBody,
    InterventionPriority,
    Share,
)
from consultazione.programme.sheet import Sheet


def import_programme(
    tx: Transaction,
    *,
    programme_id: int,
    reading: Reading,
    sha256: str,
    seen: int,
    reason: str = "",
) -> ImportPlan:
    """Take all of a file's interventions into a programme, or nothing of it.

    seen: the last entry of the programme's stream when the preview was made. sha256: of the
    file. Returns what was done. NotFound if there is no such programme; Conflict if it was
    changed since the preview; Invalid if something of the file is refused, and on `reason` if
    the programme is approved, more than what was spent would change, and no reason is given.
    """
    programme = changed_programme(tx, programme_id, Permission.IMPORT_PROGRAMME)
    plan = make_plan(tx.session, programme, reading)
    _check(plan, seen)
    if not plan.changes_something:
        return plan
    _record_whole(tx, programme, plan, sha256)
    rows = _store_sheets(tx, programme, [*plan.of(Change.NEW), *plan.of(Change.CHANGED)])
    _store_shares(tx, programme, rows)
    for intervention, item in rows:
        _record(tx, programme, intervention, item, reason)
    settle(tx)
    return plan


def _check(plan: ImportPlan, seen: int) -> None:
    if plan.seen != seen:
        raise Conflict(
            _("The programme was changed since you looked at this preview: look at it anew.")
        )
    if not plan.is_in_order:
        raise Invalid(
            _("Some lines of the file are refused, so nothing is imported: correct them first.")
        )


def _record_whole(
    tx: Transaction, programme: AnnualProgramme, plan: ImportPlan, sha256: str
) -> None:
    counts = plan.counts
    tx.record(
        programme_stream(programme.id),
        ProgrammeImported(
            programme_id=programme.id,
            sha256=sha256,
            added=counts[Change.NEW],
            changed=counts[Change.CHANGED],
        ),
    )


def _store_sheets(
    tx: Transaction, programme: AnnualProgramme, items: Sequence[Item]
) -> list[tuple[Intervention, Item]]:
    """The rows of the interventions, new ones made; their links as the sheets have them."""
    ids = [item.present.id for item in items if item.present]
    found = tx.session.scalars(select(Intervention).where(Intervention.id.in_(ids)))
    known = {row.id: row for row in found}
    rows = [(_row(tx, programme, known, item), item) for item in items]
    tx.flush()
    for link in (InterventionBody, InterventionPriority):
        tx.session.execute(delete(link).where(link.intervention_id.in_(ids)))
    for row, item in rows:
        assert item.sheet is not None
        tx.session.add_all(_links(row.id, item.sheet))
    return rows


def _row(
    tx: Transaction, programme: AnnualProgramme, known: dict[int, Intervention], item: Item
) -> Intervention:
    assert item.sheet is not None
    if item.present is None:
        row = Intervention(programme_id=programme.id, demo=programme.demo)
        tx.session.add(row)
    else:
        row = known[item.present.id]
    for name, value in _columns(item.sheet).items():
        setattr(row, name, value)
    row.total, row.updated_at = item.total, tx.now
    return row


def _columns(sheet: Sheet) -> Mapping[str, Any]:
    """What an intervention's own row holds of its sheet."""
    values = {
        name: value
        for name, value in vars(sheet).items()
        if name not in {"body_ids", "priority_ids"}
    }
    return {**values, "policies": sorted(policy.value for policy in sheet.policies)}


def _links(intervention_id: int, sheet: Sheet) -> list[InterventionBody | InterventionPriority]:
    return [
        *(InterventionBody(intervention_id=intervention_id, body_id=n) for n in sheet.body_ids),
        *(
            InterventionPriority(intervention_id=intervention_id, priority_id=n)
            for n in sheet.priority_ids
        ),
    ]


def _store_shares(
    tx: Transaction, programme: AnnualProgramme, rows: Sequence[tuple[Intervention, Item]]
) -> None:
    """Shares whose amounts differ are made anew; where only what was spent does, they stay."""
    anew = [(row, item) for row, item in rows if item.amounts_differ]
    ids = [row.id for row, item in anew if item.present]
    tx.session.execute(delete(Share).where(Share.intervention_id.in_(ids)))
    tx.session.add_all(
        Share(
            intervention_id=row.id,
            programme_id=programme.id,
            amount=held.amount,
            spent=held.spent,
            **_payer(payer),
        )
        for row, item in anew
        for payer, held in item.shares.items()
    )
    for row, item in rows:
        if not item.amounts_differ and item.shares_differ:
            _store_spending(tx, row, item)
    tx.flush()


def _store_spending(tx: Transaction, row: Intervention, item: Item) -> None:
    for payer, held in item.shares.items():
        is_it = Share.intervention_id == row.id
        where = [getattr(Share, name) == value for name, value in _payer(payer).items()]
        tx.session.execute(update(Share).where(is_it, *where).values(spent=held.spent))


def _payer(payer: Payer) -> Mapping[str, Any]:
    body_id, fund_id, activated = payer
    return {"body_id": body_id, "fund_id": fund_id, "activated_by_consultation": activated}


def _record(
    tx: Transaction, programme: AnnualProgramme, row: Intervention, item: Item, reason: str
) -> None:
    """The same entries that the commands for one intervention leave."""
    stream = programme_stream(programme.id)
    is_new = item.present is None
    if not programme.is_draft and (is_new or item.sheet_differs or item.amounts_differ):
        record_correction(tx, programme, reason, row.id)
    if is_new:
        tx.record(stream, InterventionAdded(programme_id=programme.id, **_said(row)))
    elif item.sheet_differs:
        tx.record(stream, InterventionRevised(**_said(row)))
    if item.amounts_differ:
        tx.record(stream, _shared(row, item))
    if item.spending_differs:
        tx.record(stream, _spent(tx, row))


def _said(row: Intervention) -> Mapping[str, Any]:
    return {
        "intervention_id": row.id,
        "title": FreeText(row.title),
        "intervention_kind": row.kind,
        "level": row.level,
        "area": row.area,
        "lead_body_id": row.lead_body_id,
    }


def _shared(row: Intervention, item: Item) -> CostShared:
    payers = list(item.shares)
    return CostShared(
        intervention_id=row.id,
        cents=hundredths(item.total),
        body_ids=[body_id for body_id, _fund_id, _activated in payers],
        fund_ids=[fund_id for _body_id, fund_id, _activated in payers],
        share_cents=[hundredths(item.shares[payer].amount) for payer in payers],
        activated=[activated for _body_id, _fund_id, activated in payers],
    )


def _spent(tx: Transaction, row: Intervention) -> SpendingRecorded:
    query = (
        select(Share.id, Share.spent)
        .where(Share.intervention_id == row.id, Share.spent.is_not(None))
        .order_by(Share.id)
    )
    found = tx.session.execute(query).all()
    return SpendingRecorded(
        intervention_id=row.id,
        share_ids=[share.id for share in found],
        spent_cents=[hundredths(share.spent or Decimal(0)) for share in found],
    )
