"""What the page of minutes says of correction and approval: the window, the requests, the way."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.permissions import Permission, may
from consultazione.minutes.corrections.window import (
    is_circulated_in,
    is_over,
    open_requests,
    takes_requests,
    was_there,
    zone_of,
)
from consultazione.minutes.four_eyes import barred_from_approving
from consultazione.minutes.labels import CORRECTION_STATES
from consultazione.minutes.models import Minutes, MinutesCorrection, MinutesState, Piece
from consultazione.minutes.queries import may_read_draft, person_names
from consultazione.sittings.models import AgendaPoint, PointState, Sitting
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.web.request_db import actor
from consultazione.zones.models import ApprovalWay


def approval_values(session: Session, minutes: Minutes, *, writes: bool) -> Mapping[str, object]:
    """The template's values. writes: whether the reader writes this draft."""
    zone, reader, today = zone_of(session, minutes), actor(), clock.today()
    is_draft = minutes.state is MinutesState.DRAFT
    asks = takes_requests(minutes, today) and was_there(session, minutes, reader)
    values: dict[str, object] = {
        "writes": writes,
        "asks": asks,
        "insider": may_read_draft(session, minutes.sitting, reader),
        "reader_id": reader.person_id,
        "pieces_named": _named(minutes),
        "correction_states": CORRECTION_STATES,
    }
    if not (writes and is_draft):
        return values
    table = minutes.sitting.table
    endorsed = minutes.endorsed_by if minutes.endorsed_version == minutes.version else None
    return {
        **values,
        "way": zone.approval_way.value,
        "circulates": is_circulated_in(zone),
        "correction_days": zone.correction_days,
        "window_over": is_over(minutes, today),
        "open_requests": len(open_requests(session, minutes)),
        "endorsed_by": person_names(session, {endorsed}).get(endorsed or 0),
        "may_approve": may(
            reader, Permission.APPROVE_MINUTES, zone_id=table.zone_id, table_id=table.id
        ),
        "not_approving": barred_from_approving(session, minutes, reader.person_id),
        **(_later(session, minutes) if zone.approval_way is ApprovalWay.NEXT_SITTING else {}),
    }


def _named(minutes: Minutes) -> dict[int, str]:
    """What each request is about, by its id."""
    points = {point["id"]: point["rank"] for point in minutes.facts["agenda"]}
    parts = [*minutes.facts["agenda"], minutes.facts["outside"]]
    speakers = {row.get("hand"): row["person"] for part in parts for row in part["speeches"]}
    ranks = {one.id: rank for rank, one in enumerate(minutes.conclusions, 1)}
    return {one.id: _of(one, points, speakers, ranks) for one in minutes.corrections}


def _of(
    one: MinutesCorrection,
    points: Mapping[int, int],
    speakers: Mapping[int | None, str],
    ranks: Mapping[int, int],
) -> str:
    if one.piece is Piece.NOTE:
        return str(_("Note on point %(rank)s", rank=points.get(one.subject_id, "")))
    if one.piece is Piece.GIST:
        return str(_("Gist of the speech of %(name)s", name=speakers.get(one.subject_id, "")))
    if one.piece is Piece.CONCLUSION:
        return str(_("Conclusion %(rank)s", rank=ranks.get(one.subject_id, "")))
    return str(_("Facts of the sitting"))


def _later(session: Session, minutes: Minutes) -> Mapping[str, object]:
    """The points of later sittings that were dealt with, and the votes on them, as choices."""
    dealt = (PointState.CURRENT, PointState.SUSPENDED, PointState.DONE)
    after = minutes.sitting.closed_at or minutes.composed_at
    points = session.execute(
        select(AgendaPoint.id, AgendaPoint.rank, AgendaPoint.title, Sitting.title)
        .join(Sitting, Sitting.id == AgendaPoint.sitting_id)
        .where(Sitting.table_id == minutes.sitting.table_id, Sitting.opened_at > after)
        .where(Sitting.rehearses.is_(None), AgendaPoint.state.in_(dealt))
        .order_by(Sitting.opened_at, AgendaPoint.rank)
    ).all()
    votes = session.execute(
        select(Poll.id, Poll.question)
        .where(Poll.point_id.in_([row[0] for row in points]), Poll.state == PollState.CLOSED)
        .order_by(Poll.id)
    )
    named = [(number, f"{held}: {rank}. {title}") for number, rank, title, held in points]
    return {"later_points": named, "later_votes": [tuple(row) for row in votes]}
