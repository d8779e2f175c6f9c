"""Who is or was there while a poll was open and may vote in it, persons or organisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from consultazione.people.models import Mandate, Person
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.rules import Franchise, rules_of
from consultazione.sittings.polls.voters.basis import Basis
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.proxies.represented import of_persons, proxies_with
from consultazione.sittings.voices import REPRESENTED, counts, is_latest, voices
from consultazione.tables.rules import Who


class PersonsPoll(NamedTuple):
    """What decides who has a vote in a poll of persons; none of it changes while it is open."""

    id: int
    sitting_id: int
    opened_at: datetime
    voters: Who
    level: int

    @classmethod
    def of(cls, poll: Poll, basis: Basis) -> PersonsPoll:
        """The same of a poll with its basis."""
        return cls(poll.id, poll.sitting_id, poll.opened_at, basis.voters, basis.level)


@lru_cache(maxsize=64)
def count_silent(
    poll: PersonsPoll, givers: frozenset[int] = frozenset(), *, in_hall: bool = False
) -> Select[int]:
    """Select how many persons count, have not voted, and were there while the poll was open.

    Each is the person represented, so that a delegate and their substitute are one; and none of
    them if either has voted; and with them those for whom somebody holds a proxy there. givers: of
    the proxies that `proxies_of_persons` returns. in_hall: only those registered in the hall.

    It is kept, since an open poll asks several times a second and writing it takes as long as
    asking it.
    """
    came = voices(REPRESENTED.label("person_id")).where(
        was_there(poll, in_hall=in_hall), is_latest(), is_unheard(poll)
    )
    if not givers:
        return select(func.count()).select_from(came.distinct().subquery())
    voted, spoken_for = _heard(poll)
    by_proxy = select(Person.id).where(
        Person.id.in_(givers), Person.id.not_in(voted), Person.id.not_in(spoken_for)
    )
    return select(func.count()).select_from(came.union(by_proxy).subquery())


def is_unheard(poll: PersonsPoll) -> ColumnElement[bool]:
    """Whether who is present counts among the persons who vote, and nobody voted for them.

    A condition on `voices`.
    """
    table_id = select(Sitting.table_id).where(Sitting.id == poll.sitting_id).scalar_subquery()
    voted, spoken_for = _heard(poll)
    return and_(
        counts(table_id, poll.voters, poll.level, at=poll.opened_at),
        Attendance.person_id.not_in(voted),
        or_(Attendance.mandate_id.is_(None), REPRESENTED.not_in(voted)),
        REPRESENTED.not_in(spoken_for),
    )


def unheard_proxies(session: Session, poll: Poll, basis: Basis) -> list[Proxy]:
    """The proxies in a poll of persons by which nobody voted, and whose givers did not either."""
    held = proxies_of_persons(session, poll, basis)
    heard = {key for query in _heard(poll) for key in session.scalars(query)} if held else set()
    return [proxy for proxy in held if proxy.giver_id not in heard]


def givers_there(session: Session, poll: Poll, proxies: Iterable[Proxy]) -> frozenset[int]:
    """The ids of those of the givers of some proxies who were there themselves."""
    givers = givers_of(proxies)
    if not givers:
        return givers
    return givers.intersection(session.scalars(voices(REPRESENTED).where(was_there(poll))))


def organisations_there(
    session: Session, poll: Poll, basis: Basis, held: Iterable[Proxy], *, in_hall: bool = False
) -> set[int]:
    """The entitled organisations with somebody there while the poll was open.

    held: as `proxies_there` returns them. in_hall: only those with somebody registered in the hall.
    """
    query = (
        select(Mandate.organisation_id)
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .where(was_there(poll, in_hall=in_hall), ~Mandate.is_over(poll.opened_at))
        .distinct()
    )
    by_proxy = {proxy.organisation_id or 0 for proxy in held}
    return (set(session.scalars(query)) | by_proxy) & basis.organisation_ids


def proxies_there(session: Session, poll: Poll, *, in_hall: bool = False) -> list[Proxy]:
    """The proxies that stood when a poll was opened, and whose holder was there while it was.

    in_hall: only those whose holder is registered in the hall.
    """
    there = was_there(poll, in_hall=in_hall)
    return proxies_with(session, poll.sitting_id, there, at=poll.opened_at)


def proxies_of_persons(
    session: Session, poll: Poll, basis: Basis, *, in_hall: bool = False
) -> list[Proxy]:
    """Those of `proxies_there` whose givers have a vote where persons vote."""
    there = proxies_there(session, poll, in_hall=in_hall)
    if not there:
        return []
    sitting = session.get_one(Sitting, poll.sitting_id)
    return of_persons(session, sitting, there, basis.voters, basis.level, at=poll.opened_at)


def votes_by_proxy(session: Session, poll: Poll, basis: Basis, held: Iterable[Proxy]) -> int:
    """The votes that were there by proxy alone: of those who came themselves there is none.

    held: as `proxies_of_persons` or `proxies_there` returns them.
    """
    by_person = rules_of(poll.rules).franchise is Franchise.PERSONS
    absent = {proxy.giver_id if by_person else proxy.organisation_id for proxy in held}
    if not absent:
        return 0
    came = voices(REPRESENTED if by_person else Mandate.organisation_id)
    absent -= set(session.scalars(came.where(was_there(poll))))
    return len(absent) if by_person else sum(basis.votes_of(key) for key in absent if key)


def givers_of(held: Iterable[Proxy]) -> frozenset[int]:
    """The ids of those who gave some proxies."""
    return frozenset(proxy.giver_id for proxy in held)


def organisations_voted(session: Session, poll: Poll) -> set[int]:
    """The organisations that have cast a ballot in a poll."""
    query = select(Ballot.organisation_id).where(
        Ballot.poll_id == poll.id, Ballot.organisation_id.is_not(None)
    )
    return {key for key in session.scalars(query) if key is not None}


def votes_in_hall(session: Session, poll: Poll, basis: Basis) -> int:
    """The votes of those registered in the hall who count and have cast no ballot."""
    if rules_of(poll.rules).franchise is Franchise.PERSONS:
        held = proxies_of_persons(session, poll, basis, in_hall=True)
        asked = count_silent(PersonsPoll.of(poll, basis), givers_of(held), in_hall=True)
        return session.scalar(asked) or 0
    held = proxies_there(session, poll, in_hall=True)
    silent = organisations_there(session, poll, basis, held, in_hall=True)
    silent -= organisations_voted(session, poll)
    return sum(basis.votes_of(organisation_id) for organisation_id in silent)


def _heard(poll: Poll | PersonsPoll) -> tuple[Select[Any], Select[Any]]:
    """Select who has a ballot in a poll, and for whom somebody who stood in for them has."""
    spoken_for = select(Ballot.represents_id).where(
        Ballot.poll_id == poll.id, Ballot.represents_id.is_not(None)
    )
    return select(Ballot.person_id).where(Ballot.poll_id == poll.id), spoken_for


def was_there(poll: Poll | PersonsPoll, *, in_hall: bool = False) -> ColumnElement[bool]:
    """Whether an attendance goes on while a poll is open, in the hall or anywhere."""
    there = and_(
        Attendance.sitting_id == poll.sitting_id,
        or_(Attendance.left_at.is_(None), Attendance.left_at >= poll.opened_at),
    )
    return and_(there, Attendance.in_hall) if in_hall else there
