"""Where the minutes of a sitting that was held are completed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.minutes.commands.approving import seal_minutes
from consultazione.minutes.models import Minutes
from consultazione.minutes.queries import minutes_of
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.models import Sitting
from consultazione.zones.queries import chapters
from tests.support.factories import Factory

PUBLIC_URL = "https://zone.example"


@dataclass
class Desk:
    """Where minutes are completed: the sitting, its facilitator, somebody who was there."""

    make: Factory
    sitting: Sitting
    facilitator: Actor
    present: Actor

    @property
    def minutes(self) -> Minutes:
        """The minutes as they are now."""
        with self.make.session() as session:
            found = minutes_of(session, self.sitting.id)
        assert found is not None
        return found

    @property
    def point_id(self) -> int:
        """The first point of the agenda."""
        return int(self.minutes.facts["agenda"][0]["id"])

    def chapter_id(self, index: int = 0) -> int:
        """A chapter of the plan."""
        with self.make.session() as session:
            return chapters(session, self.make.cycle.id)[index].id

    def run(self, command: Callable[..., Any], who: Actor | None = None, **fields: Any) -> Any:
        """What a command of these minutes answers to the facilitator, or to somebody else."""
        with self.make.database.transaction(who or self.facilitator) as tx:
            return command(tx, minutes_id=self.minutes.id, **fields)

    def seal(self) -> Minutes:
        """What the worker does when the minutes are approved."""
        found: Minutes = self.run(seal_minutes, SYSTEM, public_url=PUBLIC_URL)
        return found

    def kinds(self) -> list[str]:
        """What has happened to the minutes."""
        with self.make.session() as session:
            return [e.kind for e in log.read_stream(session, f"minutes:{self.sitting.id}")]


def draft_of_a_sitting(make: Factory, sitting: Sitting | None = None) -> Desk:
    """A draft, written just now, of a sitting that was convened."""
    sitting = sitting or make.sitting()
    facilitator = make.presided(sitting)
    anna = make.present(sitting)
    with make.database.transaction(facilitator) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    make.minutes(sitting)
    return Desk(make, sitting, facilitator, anna)
