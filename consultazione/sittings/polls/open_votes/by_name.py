"""Who voted what in an open poll (*voto palese*), and who was there without voting, by name.

An open vote is a public act: everybody who votes is named, and was told so on the ballot. Who
was there and did not vote is named where they came for an organisation, and only counted where
they came for themselves, as `attendance.names` has it. A secret poll names nobody.

Names never enter the log: they are looked up when they are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.models import Ballot, Poll, PollState
from consultazione.sittings.polls.rules import Franchise, rules_of
from consultazione.sittings.polls.types import VotesByName
from consultazione.sittings.polls.voters.basis import basis_of
from consultazione.sittings.polls.voters.present import (
    is_unheard,
    organisations_voted,
    proxies_there,
    silent_by_proxy,
)
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.voices import voices

# How many voters a page lists, and how many a sentence of the chronicle names.
PAGE = 500
MOST_IN_CHRONICLE = 60
_HOLDER = aliased(Person)


@dataclass(frozen=True)
class Voter:
    """A voter as others see them, with what they chose; no name if it was erased.

    by_proxy: who voted for them, who were absent; None where they voted themselves.
    """

    person_id: int
    person: str
    organisation: str | None
    choice: str
    by_proxy: str | None = None

    @property
    def name(self) -> str:
        """The name with the organisation that they voted for."""
        return by_proxy_of(_named(self.person, self.organisation), self.by_proxy)


@dataclass(frozen=True)
class Silent:
    """Those who were there while a poll was open and did not vote.

    named: who came for an organisation, by name. others: how many came for themselves.
    """

    named: list[str]
    others: int


def get_open_votes(session: Session, poll_id: int) -> Poll:
    """Return a closed poll whose votes are public; NotFound, with the reason, for any other."""
    poll = session.get(Poll, poll_id)
    if poll is None:
        raise NotFound(_("There is no such poll."))
    if rules_of(poll.rules).secret:
        raise NotFound(_("This poll is secret: nobody can see who voted what."))
    if poll.state is not PollState.CLOSED:
        raise NotFound(_("Who voted what is shown once the poll is closed and counted."))
    return poll


def voters_after(session: Session, poll: Poll, *, after: int, limit: int) -> list[Voter]:
    """Return the voters of an open poll with person ids above `after`, by id."""
    query = _voters(poll).where(Ballot.person_id > after).order_by(Ballot.person_id)
    return [_voter(row) for row in session.execute(query.limit(limit))]


def voters_in_order(session: Session, poll: Poll, *, skip: int = 0, limit: int) -> list[Voter]:
    """Return the voters of an open poll: in the order of the ballot's choices, then by name."""
    words = {word: rank for rank, word in enumerate(KINDS[poll.kind].words, start=1)}
    query = (
        _voters(poll)
        .order_by(case(words, value=Ballot.choice, else_=0), Ballot.choice)
        .order_by(func.coalesce(Organisation.name, ""), Person.display_name, Ballot.person_id)
    )
    return [_voter(row) for row in session.execute(query.offset(skip).limit(limit))]


def by_choice(voters: Iterable[Voter]) -> list[tuple[str, list[Voter]]]:
    """Return voters that are in the order of their choices as one list for each choice."""
    return [(choice, list(group)) for choice, group in groupby(voters, key=lambda v: v.choice)]


def silent_at(session: Session, poll: Poll) -> Silent:
    """Return who was there while a poll was open and did not vote.

    Only those who might have voted. Where organisations vote, somebody for whose organisation
    another has voted is not among them, nor is who came for themselves; the chair without a
    mandate never is, nor a delegate for whom their substitute has voted.
    """
    basis = basis_of(session, poll)
    if rules_of(poll.rules).franchise is not Franchise.PERSONS:
        mute = basis.organisation_ids - organisations_voted(session, poll)
        unheard = session.execute(_sent(poll).where(Organisation.id.in_(mute)))
        until = poll.closed_at or clock.now()
        held = [
            one
            for one in proxies_there(session, poll)
            if one.organisation_id in mute and (one.ended_at is None or one.ended_at >= until)
        ]
        return Silent([_named(*row) for row in unheard] + _represented(session, held), 0)
    chair = session.get_one(Sitting, poll.sitting_id).presided_by or 0
    is_entitled = is_unheard(session, poll, basis)
    alone = voices(func.count(Attendance.person_id.distinct())).where(
        _there(poll), is_entitled, Attendance.mandate_id.is_(None), Attendance.person_id != chair
    )
    named = [_named(*row) for row in session.execute(_sent(poll).where(is_entitled))]
    held = silent_by_proxy(session, poll, basis)
    sent = [proxy for proxy in held if proxy.mandate_id is not None]
    others = (session.scalar(alone) or 0) + len(held) - len(sent)
    return Silent(named + _represented(session, sent), others)


def votes_told(session: Session, poll_ids: Collection[int]) -> dict[int, VotesByName | None]:
    """Return what the chronicle tells of closed open polls, by id; None where they are too many.

    Secret polls are left out.
    """
    found = session.scalars(select(Poll).where(Poll.id.in_(poll_ids)))
    return {poll.id: _told(session, poll) for poll in found if not rules_of(poll.rules).secret}


def _told(session: Session, poll: Poll) -> VotesByName | None:
    voters = voters_in_order(session, poll, limit=MOST_IN_CHRONICLE + 1)
    silent = silent_at(session, poll)
    if max(len(voters), len(silent.named)) > MOST_IN_CHRONICLE:
        return None
    return {
        "choices": [
            {"choice": choice, "names": [voter.name for voter in group]}
            for choice, group in by_choice(voters)
        ],
        "silent": silent.named,
        "others": silent.others,
    }


def _voters(poll: Poll) -> Any:
    return (
        select(
            Ballot.person_id,
            Person.display_name,
            Organisation.name,
            Ballot.choice,
            _HOLDER.display_name,
        )
        .join(Person, Person.id == Ballot.person_id)
        .outerjoin(Mandate, Mandate.id == Ballot.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .outerjoin(Proxy, Proxy.id == Ballot.proxy_id)
        .outerjoin(_HOLDER, _HOLDER.id == Proxy.holder_id)
        .where(Ballot.poll_id == poll.id)
    )


def _voter(row: Any) -> Voter:
    person_id, person, organisation, choice, holder = row
    return Voter(person_id, person, organisation, choice or "", holder)


def by_proxy_of(giver: str, holder: str | None) -> str:
    """A voter by name, after who holds their proxy, if somebody does."""
    if holder is None:
        return giver
    return str(gettext("%(holder)s by proxy of %(giver)s", holder=holder, giver=giver))


def _represented(session: Session, proxies: Iterable[Proxy]) -> list[str]:
    """The names of those who were present by proxy alone, each with who held it."""
    query = (
        select(Person.display_name, Organisation.name, _HOLDER.display_name)
        .select_from(Proxy)
        .join(Person, Person.id == Proxy.giver_id)
        .join(_HOLDER, _HOLDER.id == Proxy.holder_id)
        .outerjoin(Organisation, Organisation.id == Proxy.organisation_id)
        .where(Proxy.id.in_([proxy.id for proxy in proxies]))
        .order_by(Organisation.name, Person.display_name)
    )
    return [
        by_proxy_of(_named(person, organisation), holder)
        for person, organisation, holder in session.execute(query)
    ]


def _there(poll: Poll) -> ColumnElement[bool]:
    """A condition for attendances: while a poll was open, of somebody who cast no ballot."""
    voted = select(Ballot.person_id).where(Ballot.poll_id == poll.id)
    return and_(
        Attendance.sitting_id == poll.sitting_id,
        Attendance.entered_at <= (poll.closed_at or clock.now()),
        or_(Attendance.left_at.is_(None), Attendance.left_at > poll.opened_at),
        Attendance.person_id.not_in(voted),
    )


def _sent(poll: Poll) -> Any:
    """Select the names of those who were there for an organisation and did not vote."""
    return (
        voices(Person.display_name, Organisation.name)
        .where(_there(poll), Attendance.mandate_id.is_not(None))
        .distinct()
        .order_by(Organisation.name, Person.display_name)
    )


def _named(person: str, organisation: str | None) -> str:
    return f"{person} ({organisation})" if organisation else person
