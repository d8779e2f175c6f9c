"""Who was there while an open vote was taken and did not vote, by name or only counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consultazione.people.models import Organisation, Person
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.open_votes.by_name import in_words, named
from consultazione.sittings.polls.types import NamedVoice
from consultazione.sittings.polls.voters.silence import Silence, silence_in
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.voices import voices


@dataclass(frozen=True)
class Silent:
    """Those who were there while a poll was open and did not vote.

    voices: who came for an organisation. others: how many came for themselves.
    """

    voices: list[NamedVoice]
    others: int

    @property
    def named(self) -> list[str]:
        """Those who came for an organisation, in the reader's language."""
        return [in_words(voice) for voice in self.voices]


def silent_at(session: Session, poll: Poll) -> Silent:
    """Return who was there while a poll was open and did not vote."""
    return silent_by_name(session, {poll.id: silence_in(session, poll)})[poll.id]


def silent_by_name(session: Session, silences: Mapping[int, Silence]) -> dict[int, Silent]:
    """Return who was silent in several polls, by the id of each; two statements for all."""
    came = _who_came(session, {key for one in silences.values() for key in one.attendances})
    represented = _represented(session, {key for one in silences.values() for key in one.proxies})
    return {
        poll_id: Silent(
            [
                *_once(name for key, name in came.items() if key in set(one.attendances)),
                *(voice for key, voice in represented.items() if key in set(one.proxies)),
            ],
            one.others,
        )
        for poll_id, one in silences.items()
    }


def _who_came(session: Session, attendance_ids: set[int]) -> dict[int, str]:
    """The names of who came for an organisation, by attendance, in the order of lists."""
    if not attendance_ids:
        return {}
    query = (
        voices(Attendance.id, Person.shown_name, Organisation.name)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.id.in_(attendance_ids))
        .order_by(Organisation.name, Person.shown_name, Attendance.id)
    )
    return {key: named(person, sent_by) for key, person, sent_by in session.execute(query)}


def _once(names: Iterable[str]) -> list[NamedVoice]:
    """Each name once: somebody may have come more than once."""
    return [{"name": name, "by_proxy": None} for name in dict.fromkeys(names)]


def _represented(session: Session, proxy_ids: set[int]) -> dict[int, NamedVoice]:
    """Those who were present by proxy alone, each with who held it, by proxy."""
    if not proxy_ids:
        return {}
    holder = aliased(Person)
    query = (
        select(Proxy.id, Person.shown_name, Organisation.name, holder.shown_name)
        .select_from(Proxy)
        .join(Person, Person.id == Proxy.giver_id)
        .join(holder, holder.id == Proxy.holder_id)
        .outerjoin(Organisation, Organisation.id == Proxy.organisation_id)
        .where(Proxy.id.in_(proxy_ids))
        .order_by(Organisation.name, Person.shown_name, Proxy.id)
    )
    return {
        key: {"name": named(person, sent_by), "by_proxy": held_by}
        for key, person, sent_by, held_by in session.execute(query)
    }
