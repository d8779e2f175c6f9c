"""The electorate of a poll: who is entitled, who is present, and the base of its result.

Ballots, counting, pages, room, REST and minutes take their numbers from here alone;
docs/electorates.md works them out case by case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.people.models import Category, Mandate, Organisation, Person
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.room_count import room_count_of
from consultazione.sittings.polls.rules import Electorate, Franchise, rules_of
from consultazione.sittings.polls.voters.basis import Basis, basis_of
from consultazione.sittings.polls.voters.present import (
    PersonsPoll,
    count_silent,
    givers_of,
    organisations_there,
    organisations_voted,
    proxies_of_persons,
    proxies_there,
    votes_by_proxy,
)
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.voices import counts, voices
from consultazione.tables.models import Seat
from consultazione.tables.queries import admitted
from consultazione.tables.rules import BY_ORGANISATION, Who

# Here those entitled are known by name, present or not; elsewhere they are those who came.
_LISTED = frozenset({Who.UNIONS, Who.ORGANISATIONS, Who.ACCREDITED})


@dataclass(frozen=True, kw_only=True)
class Count:
    """The numbers behind a result, in votes.

    present: of those entitled who were there at any time while the poll was open, with those
    counted in the hall. unregistered: those of them who were counted in the hall beyond whoever
    is registered there. represented: those of them whose vote somebody else held by proxy.
    entitled: of all who may vote, present or not. there, voted: the ids of organisations; None
    where persons vote.
    """

    present: int
    unregistered: int
    represented: int
    entitled: int
    there: list[int] | None = None
    voted: list[int] | None = None

    @property
    def electorate(self) -> Electorate:
        """What majorities and quorums are measured against."""
        return Electorate(self.present, self.entitled)


def electorate_of(session: Session, poll: Poll) -> int:
    """The votes of those present at any time while the poll was open, so far.

    It reads those who are there alone: an open poll asks several times a second.
    """
    if poll.electorate is not None:
        return poll.electorate
    basis, unregistered = basis_of(session, poll), _unregistered(session, poll)
    if rules_of(poll.rules).franchise is Franchise.PERSONS:
        held = proxies_of_persons(session, poll, basis)
        return _persons(session, poll, basis, held) + unregistered
    there = _organisations(session, poll, basis, proxies_there(session, poll))
    present, _entitled = _votes_of(poll, basis, there, unregistered)
    return present


def count_electorate(session: Session, poll: Poll, *, persons: int | None = None) -> Count:
    """Count the electorate of a poll as it is now.

    persons: how many who count were there or have voted, where persons vote and it is known.
    The rules may state how many are entitled. If not, they are those whom the basis names: the
    organisations, the delegates of those that sit at the table, the persons admitted; or where it
    names nobody, those present.
    """
    basis, unregistered = basis_of(session, poll), _unregistered(session, poll)
    if rules_of(poll.rules).franchise is Franchise.PERSONS:
        return _of_persons(session, poll, basis, unregistered, persons)
    return _of_organisations(session, poll, basis, unregistered)


def _unregistered(session: Session, poll: Poll) -> int:
    room = room_count_of(session, poll)
    return max(0, sum(room.counted.values()) - room.limit)


def _of_persons(
    session: Session, poll: Poll, basis: Basis, unregistered: int, persons: int | None
) -> Count:
    held = proxies_of_persons(session, poll, basis)
    if persons is None:
        persons = _persons(session, poll, basis, held)
    present = persons + unregistered
    stated = rules_of(poll.rules).entitled
    if stated is None:
        table_id = session.get_one(Sitting, poll.sitting_id).table_id
        listed = basis.voters in _LISTED
        stated = _listed(session, table_id, basis, at=poll.opened_at) if listed else 0
    return Count(
        present=present,
        unregistered=unregistered,
        represented=votes_by_proxy(session, poll, basis, held),
        entitled=max(present, stated),
    )


def _of_organisations(session: Session, poll: Poll, basis: Basis, unregistered: int) -> Count:
    held = proxies_there(session, poll)
    there = _organisations(session, poll, basis, held)
    present, entitled = _votes_of(poll, basis, there, unregistered)
    return Count(
        present=present,
        unregistered=unregistered,
        represented=votes_by_proxy(session, poll, basis, held),
        entitled=entitled,
        there=sorted(there),
        voted=sorted(organisations_voted(session, poll)),
    )


def _persons(session: Session, poll: Poll, basis: Basis, held: Iterable[Proxy]) -> int:
    """How many persons who count were there and silent, and how many have voted.

    Of a delegate and who stands in for them only one has a ballot.
    """
    return session.scalar(_count_persons(PersonsPoll.of(poll, basis), givers_of(held))) or 0


@lru_cache(maxsize=64)
def _count_persons(poll: PersonsPoll, givers: frozenset[int]) -> Select[tuple[int]]:
    silent = count_silent(poll, givers).scalar_subquery()
    voted = select(func.count()).select_from(Ballot).where(Ballot.poll_id == poll.id)
    return select(silent + voted.scalar_subquery())


def _organisations(session: Session, poll: Poll, basis: Basis, held: Iterable[Proxy]) -> set[int]:
    """The organisations that were there, or have voted."""
    there = organisations_there(session, poll, basis, held)
    return there | organisations_voted(session, poll)


def _votes_of(poll: Poll, basis: Basis, there: Iterable[int], unregistered: int) -> tuple[int, int]:
    """The votes present and those entitled, where some organisations were there."""
    stated = rules_of(poll.rules).entitled
    present = sum(basis.votes_of(organisation_id) for organisation_id in there)
    entitled = max(present, basis.all_votes if stated is None else stated)
    return min(entitled, present + unregistered), entitled


def has_voters(session: Session, sitting: Sitting, basis: Basis) -> bool:
    """Whether anybody is known now who may vote in a poll of a basis, by ballot.

    They are the organisations that are entitled; or the persons entitled by name or by how well
    they are known, present or not; or those present.
    """
    if basis.organisations is not None:
        return bool(basis.organisations)
    if basis.voters is Who.ANYBODY:
        return True
    now = clock.now()
    if _listed(session, sitting.table_id, basis, at=now) or _any_identified(session, basis):
        return True
    present = voices(Attendance.id).where(
        Attendance.sitting_id == sitting.id,
        Attendance.left_at.is_(None),
        counts(sitting.table_id, basis.voters, basis.level, at=now),
    )
    return session.scalar(present.limit(1)) is not None


def _listed(session: Session, table_id: int, basis: Basis, *, at: datetime) -> int:
    """How many persons are entitled by name: delegates, and persons admitted by act."""
    persons: Any = (
        select(Mandate.person_id)
        .join(Seat, Seat.organisation_id == Mandate.organisation_id)
        .where(Seat.table_id == table_id, Mandate.is_valid(at))
    )
    if basis.voters is Who.UNIONS:
        persons = persons.where(Mandate.organisation_id.in_(_unions()))
    if basis.voters not in BY_ORGANISATION:
        persons = persons.union(admitted(table_id, at))
    return _count_rows(session, select(persons.subquery().c.person_id).distinct())


def _any_identified(session: Session, basis: Basis) -> bool:
    """Whether anybody who may still come is known as well as the basis asks for."""
    if basis.voters is not Who.IDENTIFIED:
        return False
    known = select(Person.id).where(Person.assurance >= basis.level, Person.blocked_at.is_(None))
    return session.scalar(known.limit(1)) is not None


def _unions() -> Select[Any]:
    return select(Organisation.id).where(Organisation.category == Category.UNION)


def _count_rows(session: Session, rows: Any) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
