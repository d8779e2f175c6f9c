"""Ballots and arrivals, which come by the thousand: each process commits its own in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, current_app

from consultazione.core import done
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Database
from consultazione.core.errors import Refusal
from consultazione.live.groups import Group
from consultazione.sittings.commands import Vote, cast_ballots, enter_together
from consultazione.sittings.models import Attendance
from consultazione.web.unit import actor, release_snapshot


@dataclass(frozen=True)
class Sent:
    """A ballot as it was sent, with the key by which a repeat of it is recognised."""

    vote: Vote
    key: UUID | None


class Together:
    """The groups of a process. A request waits for its group without holding a connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.ballots: Group[Sent, None] = Group(self._cast)
        self.arrivals: Group[Actor, Attendance] = Group(self._enter)

    def _cast(self, poll_id: int, sent: list[Sent]) -> Sequence[Refusal | None]:
        # What was chosen stays out of it: of a secret ballot nothing may be kept by person.
        acts = [done.Keyed(one.vote.actor.person_id, one.key, [poll_id]) for one in sent]
        with self._database.transaction(SYSTEM) as tx:

            def cast(places: list[int]) -> list[Refusal | None]:
                votes = [sent[place].vote for place in places]
                answers = cast_ballots(tx, poll_id=poll_id, votes=votes)
                return [answer if isinstance(answer, Refusal) else None for answer in answers]

            return done.once_each(tx, acts, cast)

    def _enter(self, sitting_id: int, actors: list[Actor]) -> Sequence[Attendance | Refusal]:
        with self._database.transaction(SYSTEM) as tx:
            return enter_together(tx, sitting_id=sitting_id, actors=actors)


def init(app: Flask) -> None:
    """Give an application its groups."""
    app.extensions["together"] = Together(app.extensions["database"])


def cast(poll_id: int, choice: str, key: UUID | None = None) -> dict[str, Any]:
    """Cast the sender's ballot together with those of others; committed when this returns."""
    release_snapshot()
    _together().ballots.submit(poll_id, Sent(Vote(actor(), choice), key))
    return {}


def come_in(sitting_id: int) -> None:
    """Let the sender come into a sitting together with others."""
    release_snapshot()
    _together().arrivals.submit(sitting_id, actor())


def _together() -> Together:
    found: Together = current_app.extensions["together"]
    return found
