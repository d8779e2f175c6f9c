"""Who voted what in an open poll (*voto palese*), by name.

An open vote is a public act: everybody who votes is named, and was told so on the ballot. Who
was there and did not vote (`silent`) is named where they came for an organisation, and only
counted where they came for themselves, as `attendance.names` has it. A secret poll names nobody.

Names never enter the log: they are looked up when they are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from consultazione.core.errors import NotFound
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.models import Ballot, Poll, PollState
from consultazione.sittings.polls.rules import rules_of
from consultazione.sittings.polls.types import NamedVoice
from consultazione.sittings.proxies.models import Proxy

BY_PROXY = _("{holder} by proxy of {giver}")
# How many voters a page lists.
PAGE = 500
_HOLDER = aliased(Person)
_BY_NAME = (func.coalesce(Organisation.name, ""), Person.shown_name, Ballot.person_id)


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
    def voice(self) -> NamedVoice:
        """The name with the organisation that they voted for, and who held their proxy."""
        return {"name": named(self.person, self.organisation), "by_proxy": self.by_proxy}

    @property
    def name(self) -> str:
        """The same in the reader's language."""
        return in_words(self.voice)


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
    query = (
        _voters(Ballot.poll_id == poll.id)
        .where(Ballot.person_id > after)
        .order_by(Ballot.person_id)
    )
    return [_voter(row) for row in session.execute(query.limit(limit))]


def voters_in_order(session: Session, poll: Poll, *, skip: int = 0, limit: int) -> list[Voter]:
    """Return the voters of an open poll: in the order of the ballot's choices, then by name."""
    rank = case(_ranks(poll), value=Ballot.choice, else_=0)
    query = _voters(Ballot.poll_id == poll.id).order_by(rank, Ballot.choice, *_BY_NAME)
    return [_voter(row) for row in session.execute(query.offset(skip).limit(limit))]


def by_choice(voters: Iterable[Voter]) -> list[tuple[str, list[Voter]]]:
    """Return voters that are in the order of their choices as one list for each choice."""
    return [(choice, list(group)) for choice, group in groupby(voters, key=lambda v: v.choice)]


def voters_of(session: Session, polls: Collection[Poll]) -> dict[int, list[Voter]]:
    """Return the voters of several open polls in the order of `voters_in_order`, by poll."""
    ids = [poll.id for poll in polls]
    query = _voters(Ballot.poll_id.in_(ids)).add_columns(Ballot.poll_id)
    found: dict[int, list[Voter]] = {poll_id: [] for poll_id in ids}
    for *row, poll_id in session.execute(query.order_by(Ballot.choice, *_BY_NAME)):
        found[poll_id].append(_voter(row))
    for poll in polls:
        ranks = _ranks(poll)
        found[poll.id].sort(key=lambda voter, ranks=ranks: ranks.get(voter.choice, 0))  # type: ignore[misc]
    return found


def _ranks(poll: Poll) -> dict[str, int]:
    """The places of a poll's choices on its ballot."""
    return {word: rank for rank, word in enumerate(KINDS[poll.kind].words, start=1)}


def _voters(in_polls: ColumnElement[bool]) -> Any:
    return (
        select(
            Ballot.person_id,
            Person.shown_name,
            Organisation.name,
            Ballot.choice,
            _HOLDER.shown_name,
        )
        .join(Person, Person.id == Ballot.person_id)
        .outerjoin(Mandate, Mandate.id == Ballot.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .outerjoin(Proxy, Proxy.id == Ballot.proxy_id)
        .outerjoin(_HOLDER, _HOLDER.id == Proxy.holder_id)
        .where(in_polls)
    )


def _voter(row: Any) -> Voter:
    person_id, person, organisation, choice, holder = row
    return Voter(person_id, person, organisation, choice or "", holder)


def in_words(voice: NamedVoice) -> str:
    """A voter by name, after who holds their proxy, if somebody does."""
    if voice["by_proxy"] is None:
        return voice["name"]
    return str(BY_PROXY).format(holder=voice["by_proxy"], giver=voice["name"])


def named(person: str, organisation: str | None) -> str:
    """A person by name, with the organisation that sent them, if one did."""
    return f"{person} ({organisation})" if organisation else person
