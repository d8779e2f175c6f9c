"""Interventions: putting one into a programme, revising its sheet, taking it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, Sentence
from consultazione.core.permissions import Permission
from consultazione.programme.balances import refuse_misspending
from consultazione.programme.events import (
    InterventionAdded,
    InterventionRemoved,
    InterventionRevised,
    programme_stream,
)
from consultazione.programme.locking import (
    changed_intervention,
    changed_programme,
    draft_intervention,
    record_correction,
    settle,
)
from consultazione.programme.models import (
    AnnualProgramme,
    Indicator,
    Intervention,
    InterventionBody,
    InterventionPriority,
    Resource,
    Share,
)
from consultazione.programme.sheet import Sheet
from consultazione.programme.steps import links_of, row_values, said_of, said_with
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Body, Priority


def add_intervention(
    tx: Transaction, *, programme_id: int, sheet: Sheet, reason: str = "", demo: bool = False
) -> Intervention:
    """Put an intervention into a programme, still without cost, and return it.

    NotFound if there is no such programme. Invalid on the field of the sheet that names a body,
    priority, table or earlier intervention of another place; on `reason` if the programme is
    approved and no reason is given.
    """
    programme = changed_programme(tx, programme_id, Permission.ADD_INTERVENTION)
    _check(tx, programme, sheet)
    intervention = Intervention(
        programme_id=programme.id, updated_at=tx.now, demo=demo, **row_values(sheet)
    )
    tx.session.add(intervention)
    tx.flush()
    tx.session.add_all(links_of(intervention.id, sheet))
    tx.flush()
    if not programme.is_draft:
        record_correction(tx, programme, reason, intervention.id)
    settle(tx)
    tx.record(
        programme_stream(programme.id),
        InterventionAdded(programme_id=programme.id, **said_of(intervention, sheet)),
    )
    return intervention


def revise_intervention(
    tx: Transaction, *, intervention_id: int, sheet: Sheet, reason: str = ""
) -> Intervention:
    """Write an intervention's sheet anew.

    NotFound if there is no such intervention. Invalid as for a new one, and on `area` if the
    funds that pay for it are earmarked for something else.
    """
    intervention = changed_intervention(tx, intervention_id, Permission.REVISE_INTERVENTION, reason)
    _check(tx, intervention.programme, sheet)
    for name, value in row_values(sheet).items():
        setattr(intervention, name, value)
    _unlink(tx, intervention.id)
    tx.session.add_all(links_of(intervention.id, sheet))
    tx.flush()
    refuse_misspending(tx.session, intervention.programme_id, "area")
    settle(tx)
    stream = programme_stream(intervention.programme_id)
    tx.record(stream, InterventionRevised(**said_of(intervention, sheet)))
    return intervention


def remove_intervention(tx: Transaction, *, intervention_id: int) -> int:
    """Take an intervention out of a draft, with its shares, resources and indicators.

    Returns the programme's id. NotFound if there is no such intervention; Conflict if its
    programme is approved; Invalid if the rest of a fund would no longer keep an earmark.
    """
    intervention = draft_intervention(tx, intervention_id, Permission.REMOVE_INTERVENTION)
    programme_id = intervention.programme_id
    _let_later_ones_stand(tx, intervention.id)
    _unlink(tx, intervention.id)
    for model in (Share, Resource, Indicator):
        tx.session.execute(delete(model).where(model.intervention_id == intervention.id))
    tx.session.delete(intervention)
    tx.flush()
    refuse_misspending(tx.session, programme_id, "")
    settle(tx)
    tx.record(programme_stream(programme_id), InterventionRemoved(intervention_id=intervention_id))
    return programme_id


def _check(tx: Transaction, programme: AnnualProgramme, sheet: Sheet) -> None:
    """Invalid on the field that names something of another zone or cycle."""
    if not sheet.title.strip():
        raise Invalid.at("title", _("Write the title of the intervention."))
    zone, cycle = Body.zone_id == programme.zone_id, Priority.cycle_id == programme.cycle_id
    of_zone = _("Choose among the bodies of this zone.")
    _all_there(tx, Body, [sheet.lead_body_id], zone, "lead_body_id", of_zone)
    _all_there(tx, Body, sheet.body_ids, zone, "body_ids", of_zone)
    of_cycle = _("Choose among the needs and priorities of this cycle.")
    _all_there(tx, Priority, sheet.priority_ids, cycle, "priority_ids", of_cycle)
    tables = [] if sheet.table_id is None else [sheet.table_id]
    here = ThematicTable.cycle_id == programme.cycle_id
    _all_there(tx, ThematicTable, tables, here, "table_id", _("Choose a table of this cycle."))
    _check_earlier(tx, programme, sheet.continues_id)


def _all_there(
    tx: Transaction, model: Any, ids: Sequence[int], where: Any, field: str, remedy: Sentence
) -> None:
    wanted = set(ids)
    query = select(func.count()).select_from(model).where(model.id.in_(wanted), where)
    if wanted and tx.session.scalar(query) != len(wanted):
        raise Invalid.at(field, remedy)


def _check_earlier(tx: Transaction, programme: AnnualProgramme, earlier_id: int | None) -> None:
    if earlier_id is None:
        return
    earlier = tx.session.get(Intervention, earlier_id)
    if (
        earlier is None
        or earlier.programme.zone_id != programme.zone_id
        or earlier.programme.year >= programme.year
    ):
        raise Invalid.at("continues_id", _("Choose an intervention of an earlier year."))


def _unlink(tx: Transaction, intervention_id: int) -> None:
    for model in (InterventionBody, InterventionPriority):
        tx.session.execute(delete(model).where(model.intervention_id == intervention_id))


def _let_later_ones_stand(tx: Transaction, intervention_id: int) -> None:
    """Interventions of later years that went on with this one stand for themselves."""
    query = select(Intervention).where(Intervention.continues_id == intervention_id)
    for later in tx.session.scalars(query).all():
        later.continues_id, later.updated_at = None, tx.now
        tx.flush()
        said = said_with(
            later,
            body_ids=_linked(tx, InterventionBody, InterventionBody.body_id, later.id),
            priority_ids=_linked(
                tx, InterventionPriority, InterventionPriority.priority_id, later.id
            ),
        )
        tx.record(programme_stream(later.programme_id), InterventionRevised(**said))


def _linked(tx: Transaction, model: Any, other: Any, intervention_id: int) -> list[int]:
    query = select(other).where(model.intervention_id == intervention_id).order_by(other)
    return list(tx.session.scalars(query))
