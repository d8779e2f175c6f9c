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

from consultazione.core import clock
from consultazione.people.models import Organisation
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.rules import Franchise, rules_of
from consultazione.sittings.polls.voters.basis import Basis, basis_of
from consultazione.sittings.polls.voters.present import (
    PersonsPoll,
    givers_of,
    givers_there,
    is_unheard,
    organisations_voted,
    proxies_there,
    unheard_proxies,
    was_there,
)
from consultazione.sittings.voices import REPRESENTED, is_latest, voices


@dataclass(frozen=True)
class Silence:
    """Those who might have voted, were there, and did not.

    attendances: the ids of those of who came for an organisation. proxies: the ids of those by
    which nobody voted for an organisation. others: how many came for themselves, or by proxy.
    persons: the ids of all of them where persons vote, for the minutes; None where organisations
    do.
    """

    attendances: Sequence[int] = ()
    proxies: Sequence[int] = ()
    others: int = 0
    persons: Sequence[int] | None = None


def silence_in(session: Session, poll: Poll, *, until: datetime | None = None) -> Silence:
    """Return who was silent in a poll that was open until a moment; if none is given, to its end.

    As it was kept when the poll was closed; of any other as `find_silence` has it.
    """
    if poll.silence is not None:
        return structure(dict(poll.silence), Silence)
    return find_silence(session, poll, until=until or poll.closed_at or clock.now())


def find_silence(session: Session, poll: Poll, *, until: datetime) -> Silence:
    """Work out who was silent in a poll until a moment, from what is known now.

    Where organisations vote, somebody for whose organisation another has voted is not among them,
    nor is who came for themselves; the chair without a mandate never is, nor a delegate for whom
    their substitute has voted.
    """
    return find_unheard(session, poll, until=until).silence


@dataclass(frozen=True)
class Unheard:
    """Who was silent, and how many votes they would have had; None where organisations vote.

    Who lost their vote by leaving and coming back for somebody else is silent, and has none.
    """

    silence: Silence
    votes: int | None = None


def find_unheard(session: Session, poll: Poll, *, until: datetime) -> Unheard:
    """The same as `find_silence`, and their votes as `count_silent` has them: in one scan."""
    basis = basis_of(session, poll)
    if rules_of(poll.rules).franchise is Franchise.PERSONS:
        return _of_persons(session, poll, basis, until)
    return Unheard(_of_organisations(session, poll, basis, until))


def _of_persons(session: Session, poll: Poll, basis: Basis, until: datetime) -> Unheard:
    """Where persons vote; the database gathers the ids, which may be thousands."""
    chair = session.get_one(Sitting, poll.sitting_id).presided_by or 0
    inside, alone = _inside(poll, until), Attendance.mandate_id.is_(None)
    query = voices(
        func.array_agg(Attendance.id).filter(inside, ~alone),
        func.count(Attendance.person_id.distinct()).filter(
            inside, alone, Attendance.person_id != chair
        ),
        func.array_agg(Attendance.person_id),
        func.array_agg(REPRESENTED.distinct()).filter(is_latest()),
    ).where(was_there(poll), is_unheard(PersonsPoll.of(poll, basis)))
    sent, others, came, voiced = session.execute(query).one()
    unheard = unheard_proxies(session, poll, basis)
    there = givers_there(session, poll, unheard)
    held = [proxy for proxy in unheard if proxy.giver_id not in there]
    by_organisation = [proxy.id for proxy in held if proxy.mandate_id is not None]
    silence = Silence(
        attendances=sorted(sent or ()),
        proxies=by_organisation,
        others=others + len(held) - len(by_organisation),
        persons=sorted({*(came or ()), *(proxy.giver_id for proxy in held)}),
    )
    return Unheard(silence, votes=len(givers_of(unheard).union(voiced or ())))


def _of_organisations(session: Session, poll: Poll, basis: Basis, until: datetime) -> Silence:
    mute = basis.organisation_ids - organisations_voted(session, poll)
    held = [
        proxy.id
        for proxy in proxies_there(session, poll)
        if proxy.organisation_id in mute and (proxy.ended_at is None or proxy.ended_at >= until)
    ]
    voted = select(Ballot.person_id).where(Ballot.poll_id == poll.id)
    sent = voices(Attendance.id).where(
        Attendance.sitting_id == poll.sitting_id,
        _inside(poll, until),
        Organisation.id.in_(mute),
        Attendance.person_id.not_in(voted),
    )
    return Silence(list(session.scalars(sent.order_by(Attendance.id))), held)


def _inside(poll: Poll, until: datetime) -> ColumnElement[bool]:
    """A condition for attendances: at some time between a poll's opening and a moment."""
    return and_(
        Attendance.entered_at <= until,
        or_(Attendance.left_at.is_(None), Attendance.left_at > poll.opened_at),
    )
