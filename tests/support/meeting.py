"""A sitting in progress, and commands run in somebody's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from consultazione.core import log
from consultazione.core.actor import Actor
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.polls.models import SealSalt
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.snapshot import room_snapshot
from tests.support.factories import Factory
from tests.support.final_commits import final_commits


@dataclass
class Meeting:
    """An open sitting with its facilitator and two participants who are present."""

    make: Factory
    sitting: Sitting
    facilitator: Actor
    anna: Actor
    bruno: Actor

    def run(self, command: Callable[..., Any], who: Actor, **fields: Any) -> Any:
        """What a command answers to somebody, committed."""
        with self.make.database.transaction(who) as tx:
            return command(tx, **fields)

    def snapshot(self) -> dict[str, Any]:
        """The room as it is now."""
        with self.make.session() as session:
            return room_snapshot(session, self.sitting.id)

    def kinds(self, stream: str | None = None) -> list[str]:
        """What has happened in a stream, the sitting's own by default."""
        with self.make.session() as session:
            entries = log.read_stream(session, stream or f"sitting:{self.sitting.id}")
        return [entry.kind for entry in entries]

    def points(self) -> list[AgendaPoint]:
        """The agenda, in order."""
        with self.make.session() as session:
            return list(get_sitting(session, self.sitting.id).agenda)


def meet(make: Factory) -> Meeting:
    """A meeting made by a factory."""
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    return Meeting(make, sitting, facilitator, make.present(sitting), make.present(sitting))


def seal_as_before(meeting: Meeting, poll_id: int) -> None:
    """Make an open secret poll one of before the upgrade, under the server's key."""
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        tx.session.get_one(SealSalt, poll_id).has_own_key = False


@contextmanager
def final_meeting(engine: Engine) -> Iterator[Meeting]:
    """A meeting in a database whose commits are final; it is emptied afterwards."""
    with final_commits(engine) as database:
        yield meet(Factory(database))
