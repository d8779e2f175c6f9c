"""Who was there while a poll was open and did not vote, in ids alone.

It is kept with an open vote when the poll is closed: a person who is identified, admitted or
given a mandate later was not silent in it. Of polls that were closed before this was kept it is
worked out from what is known now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cattrs import structure
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from consultazione.people.models import Organisation
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.rules import Franchise, rules_of
from consultazione.sittings.polls.voters.basis import Basis, basis_of
from consultazione.sittings.polls.voters.present import (
    is_unheard,
    organisations_voted,
    proxies_there,
    silent_by_proxy,
    unheard_persons,
)
from consultazione.sittings.voices import voices


@dataclass(frozen=True)
class Silence:
    """Those who might have voted, were there, and did not.

    attendances: the ids of those of who came for an organisation. proxies: the ids of those by
    which nobody voted for an organisation. others: how many came for themselves, or by proxy.
    persons: the ids of all of them where persons vote, which `present.unheard_persons` returns to
    the minutes; None where organisations do.
    """

    attendances: Sequence[int] = ()
    proxies: Sequence[int] = ()
    others: int = 0
    persons: Sequence[int] | None = None


def silence_in(session: Session, poll: Poll, *, until: datetime) -> Silence:
    """Return who was silent in a poll that was open until a moment.

    Where organisations vote, somebody for whose organisation another has voted is not among them,
    nor is who came for themselves; the chair without a mandate never is, nor a delegate for whom
    their substitute has voted.
    """
    if poll.silence is not None:
        return structure(dict(poll.silence), Silence)
    basis = basis_of(session, poll)
    if rules_of(poll.rules).franchise is Franchise.PERSONS:
        return _of_persons(session, poll, basis, until)
    return _of_organisations(session, poll, basis, until)


def _of_persons(session: Session, poll: Poll, basis: Basis, until: datetime) -> Silence:
    chair = session.get_one(Sitting, poll.sitting_id).presided_by or 0
    is_entitled = is_unheard(session, poll, basis)
    alone = voices(func.count(Attendance.person_id.distinct())).where(
        _there(poll, until),
        is_entitled,
        Attendance.mandate_id.is_(None),
        Attendance.person_id != chair,
    )
    held = silent_by_proxy(session, poll, basis)
    sent = [proxy.id for proxy in held if proxy.mandate_id is not None]
    others = (session.scalar(alone) or 0) + len(held) - len(sent)
    unheard = sorted(unheard_persons(session, poll, basis))
    return Silence(_sent(session, poll, is_entitled, until), sent, others, unheard)


def _of_organisations(session: Session, poll: Poll, basis: Basis, until: datetime) -> Silence:
    mute = basis.organisation_ids - organisations_voted(session, poll)
    held = [
        proxy.id
        for proxy in proxies_there(session, poll)
        if proxy.organisation_id in mute and (proxy.ended_at is None or proxy.ended_at >= until)
    ]
    return Silence(_sent(session, poll, Organisation.id.in_(mute), until), held)


def _sent(
    session: Session, poll: Poll, is_entitled: ColumnElement[bool], until: datetime
) -> list[int]:
    """The attendances of those who were there for an organisation and did not vote."""
    query = voices(Attendance.id).where(
        _there(poll, until), is_entitled, Attendance.mandate_id.is_not(None)
    )
    return list(session.scalars(query.order_by(Attendance.id)))


def _there(poll: Poll, until: datetime) -> ColumnElement[bool]:
    """A condition for attendances: while a poll was open, of somebody who cast no ballot."""
    voted = select(Ballot.person_id).where(Ballot.poll_id == poll.id)
    return and_(
        Attendance.sitting_id == poll.sitting_id,
        Attendance.entered_at <= until,
        or_(Attendance.left_at.is_(None), Attendance.left_at > poll.opened_at),
        Attendance.person_id.not_in(voted),
    )
