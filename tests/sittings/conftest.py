"""The `meeting` fixture: an open sitting, and commands run on behalf of its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from consultazione.core import log
from consultazione.core.actor import Actor
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room import snapshot
from tests.factories import Factory


@dataclass
class Meeting:
    """An open sitting with its facilitator and two participants who are present."""

    make: Factory
    sitting: Sitting
    facilitator: Actor
    anna: Actor
    bruno: Actor

    def run(self, command: Callable[..., Any], actor: Actor, **fields: Any) -> Any:
        """Run a command as an actor in a transaction of its own, and return its answer."""
        with self.make.database.transaction(actor) as tx:
            return command(tx, **fields)

    def snapshot(self) -> dict[str, Any]:
        """Return the room's snapshot now."""
        with self.make.session() as session:
            return snapshot.room_snapshot(session, self.sitting.id)

    def kinds(self, stream: str | None = None) -> list[str]:
        """Return the kinds of a stream's entries in order; of the sitting's own by default."""
        with self.make.session() as session:
            entries = log.read_stream(session, stream or f"sitting:{self.sitting.id}")
        return [entry.kind for entry in entries]

    def points(self) -> list[AgendaPoint]:
        """Return the points of the agenda in order."""
        with self.make.session() as session:
            return list(get_sitting(session, self.sitting.id).agenda)


def meet(make: Factory) -> Meeting:
    """Make a meeting with a factory."""
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    return Meeting(make, sitting, facilitator, make.present(sitting), make.present(sitting))


@pytest.fixture
def meeting(make: Factory) -> Meeting:
    """An open sitting with three persons present."""
    return meet(make)
