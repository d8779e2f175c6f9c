"""Commands that arrive by the thousand (arrivals, hands, upvotes, ballots), run in groups.

`COMMANDS` is the table of those that a message asks for; arrivals come with `enter` and are
told to Redis as well, so they stand apart.
"""

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
from consultazione.core.db import Database
from consultazione.core.errors import Refusal
from consultazione.live import presence
from consultazione.live.contract import Done
from consultazione.live.group_commit import GroupCommit
from consultazione.sittings.attendance.commands.presence import enter_many
from consultazione.sittings.floor.commands.hands import Request, raise_many
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls.commands.ballots import Vote, cast_many
from consultazione.sittings.questions.commands.upvotes import upvote_many
from consultazione.web.request_db import actor, release_snapshot


@dataclass(frozen=True)
class Batched:
    """A command that takes the acts of many on one target, and how a message becomes an act.

    command: takes an id and a list of acts, as the keywords named by `target` and `acts`; gives
    for each act a result or a refusal. `target` is also the field of the message that keeps
    groups apart. act: makes an act from the sender and the message's other fields. name,
    content: the kind of act and the fields by which a repeat with the same key is recognised.
    Of a ballot that is the poll alone: a secret choice may not be kept by person.
    """

    name: str
    command: Callable[..., Sequence[Any]]
    target: str
    acts: str
    act: Callable[..., Any]
    content: tuple[str, ...]

    def sent(self, sender: Actor, key: UUID | None, fields: dict[str, Any]) -> Sent:
        """The act that the fields of a message ask for."""
        content = [self.name, *(fields[name] for name in self.content)]
        others = [value for name, value in fields.items() if name != self.target]
        return Sent(self.act(sender, *others), sender, key, content)


@dataclass(frozen=True)
class Sent:
    """An act as it was sent, with the key and the content by which a repeat is recognised."""

    act: Any
    actor: Actor
    key: UUID | None
    content: list[Any]


def _sender_alone(sender: Actor) -> Actor:
    """An upvote says nothing but whose it is."""
    return sender


COMMANDS: dict[str, Batched] = {
    "ballot.cast": Batched(
        name="ballot",
        command=cast_many,
        target="poll_id",
        acts="votes",
        act=Vote,
        content=("poll_id",),
    ),
    "hand.raise": Batched(
        name="hand",
        command=raise_many,
        target="sitting_id",
        acts="requests",
        act=Request,
        content=("sitting_id", "hand_kind"),
    ),
    "question.upvote": Batched(
        name="upvote",
        command=upvote_many,
        target="question_id",
        acts="actors",
        act=_sender_alone,
        content=("question_id",),
    ),
}


class BatchedCommands:
    """The groups of a process. A request waits for its group without holding a connection."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis
        self.groups: dict[str, GroupCommit[Sent, None]] = {
            message: GroupCommit(partial(self._run, batched))
            for message, batched in COMMANDS.items()
        }
        self.arrivals: GroupCommit[Actor, Attendance] = GroupCommit(self._enter)

    def _run(self, batched: Batched, target: int, sent: list[Sent]) -> Sequence[Refusal | None]:
        """Run those of the acts on one target that were not done before, in one transaction."""
        acts = [idempotency.Keyed(act.actor.person_id, act.key, act.content) for act in sent]
        with self._database.transaction(SYSTEM) as tx:

            def do(places: list[int]) -> list[Refusal | None]:
                new = {batched.target: target, batched.acts: [sent[place].act for place in places]}
                answers = batched.command(tx, **new)
                return [answer if isinstance(answer, Refusal) else None for answer in answers]

            return idempotency.run_each_once(tx, acts, do)

    def _enter(self, sitting_id: int, actors: list[Actor]) -> Sequence[Attendance | Refusal]:
        with self._database.transaction(SYSTEM) as tx:
            answers = enter_many(tx, sitting_id=sitting_id, actors=actors)
        came = [answer.person_id for answer in answers if isinstance(answer, Attendance)]
        with suppress(RedisError):  # on its return everybody counts as heard of
            presence.note(self._redis, sitting_id, came)
        return answers


def init(app: Flask) -> None:
    """Give an application its groups."""
    extensions = app.extensions
    extensions["batched"] = BatchedCommands(extensions["database"], extensions["redis"])


def batched(message: str) -> Callable[..., Done]:
    """What runs a message of the table for its sender; the act is committed when it returns."""
    command = COMMANDS[message]

    def run(key: UUID | None = None, **fields: Any) -> Done:
        release_snapshot()
        sent = command.sent(actor(), key, fields)
        _groups().groups[message].submit(fields[command.target], sent)
        return {}

    return run


def come_in(sitting_id: int) -> None:
    """Let the sender come into a sitting together with others; committed when this returns."""
    release_snapshot()
    _groups().arrivals.submit(sitting_id, actor())


def _groups() -> BatchedCommands:
    groups: BatchedCommands = current_app.extensions["batched"]
    return groups
