"""The draft minutes of a sitting, and its facilitator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Database
from consultazione.minutes.commands.approving import seal_minutes
from consultazione.minutes.models import Minutes
from consultazione.minutes.queries import minutes_of
from consultazione.sittings.lifecycle.commands.course import close_sitting
from consultazione.sittings.models import Sitting
from consultazione.zones.queries import chapters
from tests.factories import Factory

PUBLIC_URL = "https://zone.example"


@dataclass
class Desk:
    """A sitting with draft minutes, its facilitator, and a person who attended."""

    make: Factory
    sitting: Sitting
    facilitator: Actor
    present: Actor

    @property
    def minutes(self) -> Minutes:
        """The current minutes."""
        with self.make.session() as session:
            minutes = minutes_of(session, self.sitting.id)
        assert minutes is not None
        return minutes

    @property
    def point_id(self) -> int:
        """The id of the first point of the agenda."""
        return int(self.minutes.facts["agenda"][0]["id"])

    def chapter_id(self, index: int = 0) -> int:
        """The id of a chapter of the plan."""
        with self.make.session() as session:
            return chapters(session, self.make.zone.id)[index].id

    def run(self, command: Callable[..., Any], who: Actor | None = None, **fields: Any) -> Any:
        """Run a command on these minutes as the facilitator, or as `who`, and return its result."""
        with self.make.database.transaction(who or self.facilitator) as tx:
            return command(tx, minutes_id=self.minutes.id, **fields)

    def seal(self) -> Minutes:
        """Seal the minutes, as the worker does after approval."""
        sealed: Minutes = self.run(seal_minutes, SYSTEM, public_url=PUBLIC_URL)
        return sealed

    def kinds(self) -> list[str]:
        """The kinds of the events of these minutes, in order."""
        with self.make.session() as session:
            return [e.kind for e in log.read_stream(session, f"minutes:{self.sitting.id}")]


@pytest.fixture
def desk(database: Database) -> Desk:
    """Freshly drafted minutes."""
    make = Factory(database)
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    anna = make.present(sitting)
    with database.transaction(facilitator) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    make.minutes(sitting)
    return Desk(make, sitting, facilitator, anna)
