"""Approval by more than the chair: by two persons, by the table, or by its silence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission, acting_person
from consultazione.minutes.compose import wording
from consultazione.minutes.corrections.four_eyes import require_second_person
from consultazione.minutes.corrections.freezing import freeze, require_ready, require_way
from consultazione.minutes.corrections.window import is_over, open_requests, zone_of
from consultazione.minutes.events import MinutesEndorsed, minutes_stream
from consultazione.minutes.locking import locked_draft, locked_minutes, writers_minutes
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import person_names
from consultazione.sittings.models import AgendaPoint, PointState, Sitting, SittingState
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.zones.models import ApprovalWay

_TREATED = (PointState.CURRENT, PointState.SUSPENDED, PointState.DONE)


def endorse_minutes(tx: Transaction, *, minutes_id: int, version: int) -> Minutes:
    """Approve a draft as the chair or as who writes it; with the second of both it is frozen.

    Where the zone wants both. Without a named writer, two who chair do it. Idempotent for the
    first. version: the version that was read; one that has changed since has to be read by both.
    Locks the minutes FOR UPDATE. Conflict as in `require_ready`.
    """
    minutes = writers_minutes(tx, minutes_id, Permission.ENDORSE_MINUTES)
    require_way(tx, minutes, ApprovalWay.CHAIR_AND_SECRETARY)
    require_ready(tx, minutes, version)
    person_id, secretary_id = acting_person(tx.actor), minutes.sitting.secretary_id
    if person_id != secretary_id:
        require_second_person(tx, minutes)
    first = minutes.endorsed_by if minutes.endorsed_version == version else None
    if first == person_id:
        return minutes
    if first is None or (secretary_id is not None and secretary_id not in (first, person_id)):
        minutes.endorsed_by, minutes.endorsed_version = person_id, version
        endorsed = MinutesEndorsed(minutes_id=minutes.id, version=version)
        tx.record(minutes_stream(minutes.sitting_id), endorsed)
        return minutes
    names = person_names(tx.session, {first, person_id})
    writer = secretary_id if secretary_id in (first, person_id) else person_id
    chair = first if writer == person_id else person_id
    return freeze(
        tx,
        minutes,
        way=ApprovalWay.CHAIR_AND_SECRETARY,
        by=f"{names[chair]} e {names[writer]}",
        how=wording.BY_BOTH.format(chair=names[chair], writer=names[writer]),
    )


def approve_by_table(
    tx: Transaction, *, minutes_id: int, version: int, point_id: int, poll_id: int | None = None
) -> Minutes:
    """Record that the table approved a draft at a point of a later sitting.

    The table may do so before the days for corrections are over. poll_id: the vote on that point;
    None for acclamation, which the chair ascertains. Locks the
    minutes FOR UPDATE. Conflict as in `require_ready`; Invalid unless the point was dealt with at
    a later sitting of the table, and the vote on it carried.
    """
    minutes = locked_draft(tx, minutes_id, Permission.APPROVE_BY_TABLE)
    require_way(tx, minutes, ApprovalWay.NEXT_SITTING)
    require_ready(tx, minutes, version, ended=False)
    if poll_id is None:
        require_second_person(tx, minutes)
    point, sitting = _later_point(tx, minutes, point_id)
    poll = None if poll_id is None else _vote_on(tx, point, poll_id)
    opened_at = sitting.opened_at or tx.now
    how = wording.BY_TABLE.format(
        day=wording.moment(opened_at)["day"],
        rank=point.rank,
        title=point.title,
        vote=wording.BY_ACCLAMATION if poll is None else wording.BY_VOTE,
    )
    return freeze(
        tx,
        minutes,
        way=ApprovalWay.NEXT_SITTING,
        by=wording.THE_TABLE,
        how=how,
        point_id=point.id,
        poll_id=poll_id,
    )


def approve_by_silence(tx: Transaction, *, minutes_id: int) -> Minutes:
    """Approve a draft whose days for corrections ended without an open request. Idempotent.

    Does nothing if it is not so any more: a request came, the draft was taken back, the zone
    chose another way. Locks the minutes FOR UPDATE.
    """
    minutes = locked_minutes(tx, minutes_id, Permission.APPROVE_BY_SILENCE)
    tx.session.refresh(minutes)
    until = minutes.corrections_until
    silent = (
        minutes.state is MinutesState.DRAFT
        and until is not None
        and is_over(minutes, tx.today)
        and zone_of(tx.session, minutes).approval_way is ApprovalWay.SILENCE
        and not open_requests(tx.session, minutes)
        and minutes.sitting.state is SittingState.CLOSED
    )
    if not silent or until is None:
        return minutes
    how = wording.BY_SILENCE.format(day=wording.day(until))
    return freeze(tx, minutes, way=ApprovalWay.SILENCE, by=wording.THE_TABLE, how=how)


def _later_point(tx: Transaction, minutes: Minutes, point_id: int) -> tuple[AgendaPoint, Sitting]:
    """A point that was dealt with at a later sitting of the same table."""
    point = tx.session.get(AgendaPoint, point_id)
    sitting = tx.session.get(Sitting, point.sitting_id) if point else None
    before = minutes.sitting
    if (
        point is None
        or sitting is None
        or sitting.table_id != before.table_id
        or sitting.rehearses is not None
        or point.state not in _TREATED
        or sitting.opened_at is None
        or (before.closed_at is not None and sitting.opened_at <= before.closed_at)
    ):
        raise Invalid.at("point_id", _("Choose a point that a later sitting has dealt with."))
    return point, sitting


def _vote_on(tx: Transaction, point: AgendaPoint, poll_id: int) -> Poll:
    poll = tx.session.get(Poll, poll_id)
    if poll is None or poll.point_id != point.id or poll.state is not PollState.CLOSED:
        raise Invalid.at("poll_id", _("Choose a vote on this point that is closed."))
    if not (poll.result or {}).get("carried"):
        raise Invalid.at("poll_id", _("This vote did not carry: the draft is not approved."))
    return poll
