"""What comes by the thousand: arrivals, hands, upvotes, ballots; committed in groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError

from consultazione.core import idempotency
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Database, Transaction
from consultazione.core.errors import Refusal
from consultazione.live import presence
from consultazione.live.contract import Done
from consultazione.live.group_commit import GroupCommit
from consultazione.sittings.attendance.commands.presence import enter_many
from consultazione.sittings.floor.commands.hands import Request, raise_many
from consultazione.sittings.floor.models import HandKind
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls.commands.ballots import Vote, cast_many
from consultazione.sittings.questions.commands.upvotes import upvote_many
from consultazione.web.request_db import actor, release_snapshot


@dataclass(frozen=True)
class Sent:
    """An act as it was sent, with the key and the content by which a repeat is recognised.

    Of a ballot the content is only which poll it is for: what was chosen in a secret one may
    not be kept by person.
    """

    act: Any
    actor: Actor
    key: UUID | None
    content: list[Any]


Run = Callable[[Transaction, int, list[Any]], Sequence[Any]]


class BatchedCommands:
    """The groups of a process. A request waits for its group without holding a connection."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis
        self.ballots: GroupCommit[Sent, None] = GroupCommit(partial(self._each, _cast))
        self.hands: GroupCommit[Sent, None] = GroupCommit(partial(self._each, _raise))
        self.upvotes: GroupCommit[Sent, None] = GroupCommit(partial(self._each, _upvote))
        self.arrivals: GroupCommit[Actor, Attendance] = GroupCommit(self._enter)

    def _each(self, run: Run, place_id: int, sent: list[Sent]) -> Sequence[Refusal | None]:
        """Do those acts on a poll, a question or a sitting that were not done before."""
        acts = [idempotency.Keyed(one.actor.person_id, one.key, one.content) for one in sent]
        with self._database.transaction(SYSTEM) as tx:

            def do(places: list[int]) -> list[Refusal | None]:
                answers = run(tx, place_id, [sent[place].act for place in places])
                return [answer if isinstance(answer, Refusal) else None for answer in answers]

            return idempotency.run_each_once(tx, acts, do)

    def _enter(self, sitting_id: int, actors: list[Actor]) -> Sequence[Attendance | Refusal]:
        with self._database.transaction(SYSTEM) as tx:
            answers = enter_many(tx, sitting_id=sitting_id, actors=actors)
        came = [one.person_id for one in answers if isinstance(one, Attendance)]
        with suppress(RedisError):  # on its return everybody counts as heard of
            presence.note(self._redis, sitting_id, came)
        return answers


def _cast(tx: Transaction, poll_id: int, votes: list[Vote]) -> Sequence[Any]:
    return cast_many(tx, poll_id=poll_id, votes=votes)


def _raise(tx: Transaction, sitting_id: int, requests: list[Request]) -> Sequence[Any]:
    return raise_many(tx, sitting_id=sitting_id, requests=requests)


def _upvote(tx: Transaction, question_id: int, actors: list[Actor]) -> Sequence[Any]:
    return upvote_many(tx, question_id=question_id, actors=actors)


def init(app: Flask) -> None:
    """Give an application its groups."""
    extensions = app.extensions
    extensions["together"] = BatchedCommands(extensions["database"], extensions["redis"])


def cast(poll_id: int, choice: str, key: UUID | None = None) -> Done:
    """Cast the sender's ballot together with those of others; committed when this returns."""
    sent = Sent(Vote(actor(), choice), actor(), key, ["ballot", poll_id])
    return _submit(_together().ballots, poll_id, sent)


def raise_hand(sitting_id: int, hand_kind: HandKind, key: UUID | None = None) -> Done:
    """Ask for the floor together with others; committed when this returns."""
    sent = Sent(Request(actor(), hand_kind), actor(), key, ["hand", sitting_id, hand_kind])
    return _submit(_together().hands, sitting_id, sent)


def upvote(question_id: int, key: UUID | None = None) -> Done:
    """Upvote a question together with others; committed when this returns."""
    sent = Sent(actor(), actor(), key, ["upvote", question_id])
    return _submit(_together().upvotes, question_id, sent)


def come_in(sitting_id: int) -> None:
    """Let the sender come into a sitting together with others."""
    release_snapshot()
    _together().arrivals.submit(sitting_id, actor())


def _submit(group: GroupCommit[Sent, None], place_id: int, sent: Sent) -> Done:
    release_snapshot()
    group.submit(place_id, sent)
    return {}


def _together() -> BatchedCommands:
    found: BatchedCommands = current_app.extensions["together"]
    return found
