"""The command that adds a point to an agenda."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.agenda.points import NewPoint, is_any_other_business
from consultazione.sittings.agenda.steps import (
    agenda_points,
    create_point,
    put_in_order,
    with_title,
)
from consultazione.sittings.locking import lock_sitting, require_at
from consultazione.sittings.models import AgendaPoint, SittingState


def add_point(
    tx: Transaction,
    *,
    sitting_id: int,
    title: str = "",
    minutes_planned: int | None = None,
    proposal_id: int | None = None,
) -> AgendaPoint:
    """Add a point at the end of an agenda, but before any other business. Not idempotent.

    minutes_planned: whole minutes. proposal_id: an admitted proposal of the table, which
    gives the point its title unless it has one. Locks the sitting FOR UPDATE. Conflict once
    the sitting was opened; Invalid without a title, or for any other proposal.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.ADD_POINT, sitting)
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(_("The agenda is fixed: the sitting has been opened."))
    last = select(func.max(AgendaPoint.rank)).filter_by(sitting_id=sitting.id)
    rank = (tx.session.scalar(last) or 0) + 1
    new = with_title(tx, sitting, NewPoint(title, minutes_planned, proposal_id))
    point = create_point(tx, sitting, new, rank)
    *agenda, _added = agenda_points(tx, sitting.id)
    if agenda and is_any_other_business(agenda[-1].title):
        put_in_order(tx, sitting, [*agenda[:-1], point, agenda[-1]])
    return point
