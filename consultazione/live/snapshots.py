"""The answer to `enter`: a room is read and encoded once for all who come in together.

A request that arrives during a reading gets the next one: nobody is shown what was read before
they joined the room, so nothing is lost in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import Flask, current_app
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.actor import Actor
from consultazione.core.db import Database
from consultazione.core.errors import Refusal
from consultazione.live.group_commit import GroupCommit
from consultazione.live.preencoded_json import encode
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.queries import get_sitting, names_at
from consultazione.sittings.questions.queries import questions_frame
from consultazione.sittings.record.snapshot import record_frame
from consultazione.sittings.room import snapshot
from consultazione.sittings.room.entries import as_sent, named_in
from consultazione.sittings.room.types import PresencePart

# With more missed entries than this, the whole room is sent instead.
MOST_MISSED = 500
_GATHER_SECONDS = 0.03
# An answer (`contract.Entered`, `contract.CaughtUp`) whose parts are JSON texts already.
Shown = Mapping[str, object]


@dataclass(frozen=True)
class Visit:
    """A request to come in: by whom, and the last number that their browser knows."""

    actor: Actor
    after: int | None


class Reader:
    """Reads rooms for a process. A request waits for it without holding a connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.visits: GroupCommit[Visit, Shown] = GroupCommit(self._read, gather=_GATHER_SECONDS)

    def _read(self, sitting_id: int, visits: list[Visit]) -> Sequence[Shown | Refusal]:
        visitors = not any(visit.actor.is_signed_in for visit in visits)
        with self._database.snapshot(for_visitor=visitors) as session:
            reading = _Reading(session, sitting_id)
            mine = snapshot.rooms_mine(session, sitting_id, [visit.actor for visit in visits])
            return [
                {**reading.since(visit.after), "mine": own}
                for visit, own in zip(visits, mine, strict=True)
            ]


def init(app: Flask) -> None:
    """Give an application its reader."""
    app.extensions["reader"] = Reader(app.extensions["database"])


def show(sitting_id: int, actor: Actor, after: int | None) -> Shown:
    """The whole room, or what was missed since `after`, and the part that is the actor's own.

    NotFound if there is no such sitting; Busy if too many wait.
    """
    reader: Reader = current_app.extensions["reader"]
    return reader.visits.submit(sitting_id, Visit(actor, after))


class _Reading:
    """A room at one moment; each part is read and encoded at most once."""

    def __init__(self, session: Session, sitting_id: int) -> None:
        self._session = session
        self._sitting_id = sitting_id
        get_sitting(session, sitting_id)
        self._number = log.head(session, sitting_stream(sitting_id))
        self._parts: dict[int | None, Shown] = {}

    def since(self, after: int | None) -> Shown:
        """What happened since a number; the whole room for None, or if too much was missed."""
        if after is not None and not 0 <= self._number - after <= MOST_MISSED:
            after = None
        if after not in self._parts:
            self._parts[after] = self._whole() if after is None else self._missed(after)
        return self._parts[after]

    def _whole(self) -> Shown:
        return {"snapshot": encode(snapshot.room_snapshot(self._session, self._sitting_id))}

    def _missed(self, after: int) -> Shown:
        """The entries since a number, and what else the room shows now."""
        session, sitting_id = self._session, self._sitting_id
        entries = log.read_stream(session, sitting_stream(sitting_id), after=after)
        sent = as_sent(session, entries)
        named = names_at(session, sitting_id, named_in(entries, sent))
        return {
            **self._now,
            "entries": encode(sent),
            "people": encode({**self._present["people"], **named}),
        }

    @cached_property
    def _now(self) -> Shown:
        """The part that does not depend on the number: the same for all who were away."""
        session, sitting_id = self._session, self._sitting_id
        present = {name: part for name, part in self._present.items() if name != "people"}
        return {
            "number": encode(self._number),
            "presence": encode(present),
            "questions": encode(questions_frame(session, sitting_id)),
            "record": encode(record_frame(session, sitting_id)),
            "turnout": encode(snapshot.turnout(session, sitting_id)),
        }

    @cached_property
    def _present(self) -> PresencePart:
        return snapshot.presence_frame(self._session, self._sitting_id)
