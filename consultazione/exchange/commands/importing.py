"""Taking interventions and shares from a file that was read and looked at before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, insert, select, update

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission
from consultazione.exchange.events import ProgrammeImported
from consultazione.exchange.planning.making import make_plan
from consultazione.exchange.planning.plan import Change, ImportPlan, Item
from consultazione.exchange.reading.drafts import Reading
from consultazione.programme.events import (
    InterventionAdded,
    InterventionRevised,
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
from consultazione.programme.sheet import NewShare, Payer
from consultazione.programme.steps import (
    cost_shared,
    links_of,
    row_values,
    said_of,
    share_rows,
    spending_recorded,
)


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
    _store_shares(tx, rows)
    spent = _spent(tx, [row.id for row, item in rows if item.spending_differs])
    for intervention, item in rows:
        _record(tx, programme, intervention, item, spent[intervention.id], reason)
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
        tx.session.add_all(links_of(row.id, item.sheet))
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
    for name, value in row_values(item.sheet).items():
        setattr(row, name, value)
    row.total, row.updated_at = item.total, tx.now
    return row


def _store_shares(tx: Transaction, rows: Sequence[tuple[Intervention, Item]]) -> None:
    """Shares whose amounts differ are made anew; where only what was spent does, they stay."""
    anew = [(row, item) for row, item in rows if item.amounts_differ]
    ids = [row.id for row, item in anew if item.present]
    tx.session.execute(delete(Share).where(Share.intervention_id.in_(ids)))
    made = [
        share
        for row, item in anew
        for share in share_rows(row, _new_shares(item), _known_spending(item))
    ]
    if made:
        tx.session.execute(insert(Share), made)
    for row, item in rows:
        if not item.amounts_differ and item.shares_differ:
            _store_spending(tx, row, item)
    tx.flush()


def _known_spending(item: Item) -> dict[Payer, Decimal | None]:
    return {payer: held.spent for payer, held in item.shares.items()}


def _store_spending(tx: Transaction, row: Intervention, item: Item) -> None:
    for payer, held in item.shares.items():
        is_it = Share.intervention_id == row.id
        where = [getattr(Share, name) == value for name, value in _payer(payer).items()]
        tx.session.execute(update(Share).where(is_it, *where).values(spent=held.spent))


def _payer(payer: Payer) -> Mapping[str, Any]:
    body_id, fund_id, activated = payer
    return {"body_id": body_id, "fund_id": fund_id, "activated_by_consultation": activated}


def _record(
    tx: Transaction,
    programme: AnnualProgramme,
    row: Intervention,
    item: Item,
    spent: Mapping[int, Decimal],
    reason: str,
) -> None:
    """The same entries that the commands for one intervention leave."""
    stream = programme_stream(programme.id)
    if not programme.is_draft and item.needs_reason:
        record_correction(tx, programme, reason, row.id)
    assert item.sheet is not None
    if item.present is None:
        added = InterventionAdded(programme_id=programme.id, **said_of(row, item.sheet))
        tx.record(stream, added)
    elif item.sheet_differs:
        tx.record(stream, InterventionRevised(**said_of(row, item.sheet)))
    if item.amounts_differ:
        tx.record(stream, cost_shared(row, _new_shares(item)))
    if item.spending_differs:
        tx.record(stream, spending_recorded(row, spent))


def _new_shares(item: Item) -> list[NewShare]:
    return [NewShare(amount=held.amount, **_payer(payer)) for payer, held in item.shares.items()]


def _spent(tx: Transaction, intervention_ids: Sequence[int]) -> dict[int, dict[int, Decimal]]:
    """What was spent as far as it is known: by intervention, then by share as these are now."""
    query = select(Share.intervention_id, Share.id, Share.spent).where(
        Share.intervention_id.in_(intervention_ids)
    )
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for intervention_id, number, spent in tx.session.execute(query):
        if spent is not None:
            found[intervention_id][number] = spent
    return found
