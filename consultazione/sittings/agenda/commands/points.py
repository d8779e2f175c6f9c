"""Commands that add a point to an agenda, correct one, and take one off."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.core.revisions import require_latest
from consultazione.proposals.models import Proposal
from consultazione.sittings.agenda.events import PointCorrected, PointRemoved
from consultazione.sittings.agenda.models import PointVersion
from consultazione.sittings.agenda.points import NewPoint, is_any_other_business
from consultazione.sittings.agenda.steps import (
    agenda_points,
    create_point,
    put_in_order,
    with_title,
)
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.locking import (
    lock_point,
    lock_sitting,
    require_at,
    require_not_closed,
)
from consultazione.sittings.models import AgendaPoint, PointState, Sitting, SittingState


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
    here = [one for one in agenda if one.state is not PointState.REMOVED]
    if here and is_any_other_business(here[-1].title):
        put_in_order(tx, sitting, [*here[:-1], point, here[-1], *agenda[len(here) :]])
    else:
        put_in_order(tx, sitting, [*here, point, *agenda[len(here) :]])
    return point


def correct_point(
    tx: Transaction,
    *,
    point_id: int,
    title: str,
    minutes_planned: int | None,
    reason: str,
    version: int | None = None,
) -> AgendaPoint:
    """Correct a point that is still to come; what it said stays as a version. Idempotent.

    minutes_planned: whole minutes. reason: everybody can read it. version: how often the point
    that was read had been corrected; None if it is not known. Locks the sitting FOR UPDATE.
    Conflict once the point was started, or the sitting is over; Overtaken if it says something
    else than was read; Invalid without a title.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.CORRECT_POINT, sitting)
    _require_pending(sitting, point)
    title = _title_of(tx, point, title)
    if (title, minutes_planned) == (point.title, point.minutes_planned):
        return point
    count = _count_versions(tx, point)
    now = {"title": point.title, "minutes_planned": point.minutes_planned}
    require_latest(read=count if version is None else version, version=count, now=now)
    before = PointVersion(
        agenda_point_id=point.id,
        version=count,
        reason=reason,
        replaced_at=tx.now,
        replaced_by=tx.actor.person_id,
        title=point.title,
        minutes_planned=point.minutes_planned,
    )
    tx.session.add(before)
    point.title, point.minutes_planned = title, minutes_planned
    corrected = PointCorrected(
        point_id=point.id,
        title=FreeText(title),
        minutes_planned=minutes_planned,
        reason=FreeText(reason),
    )
    tx.record(sitting_stream(sitting.id), corrected)
    return point


def remove_point(tx: Transaction, *, point_id: int, reason: str) -> AgendaPoint:
    """Take a point that is still to come off the agenda; it stays to be read, behind the others.

    Idempotent. reason: everybody can read it. Locks the sitting FOR UPDATE. Conflict once the
    point was started, if it is the only one, or if the sitting is over.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.REMOVE_POINT, sitting)
    if point.state is PointState.REMOVED:
        return point
    _require_pending(sitting, point)
    agenda = agenda_points(tx, sitting.id)
    if all(one is point or one.state is PointState.REMOVED for one in agenda):
        raise Conflict(_("A sitting needs a point on its agenda: cancel the sitting instead."))
    point.state, point.removed_reason = PointState.REMOVED, reason
    removed = PointRemoved(point_id=point.id, reason=FreeText(reason))
    tx.record(sitting_stream(sitting.id), removed)
    put_in_order(tx, sitting, agenda)
    return point


def _require_pending(sitting: Sitting, point: AgendaPoint) -> None:
    require_not_closed(sitting)
    if point.state is not PointState.PENDING:
        raise Conflict(_("Only points that have not been started can be changed."))


def _title_of(tx: Transaction, point: AgendaPoint, title: str) -> str:
    """A title that was given, or that of the point's proposal, whatever has become of it."""
    if title:
        return title
    if point.proposal_id is None:
        raise Invalid.at("title", _("Write the title of the point."))
    return tx.session.get_one(Proposal, point.proposal_id).title


def _count_versions(tx: Transaction, point: AgendaPoint) -> int:
    query = select(func.count()).select_from(PointVersion).filter_by(agenda_point_id=point.id)
    return tx.session.scalar(query) or 0
