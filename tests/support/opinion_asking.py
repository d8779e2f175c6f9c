"""An opinion map of a table, and people who answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultazione.core.actor import SYSTEM, Actor
from consultazione.opinions.commands.maps import (
    close_opinion_map,
    draw_opinion_map,
)
from consultazione.opinions.commands.opinions import answer_opinion
from consultazione.opinions.models import Opinion, OpinionMap
from consultazione.opinions.queries import get_map
from tests.support.factories import Factory

# Answers to the statements: for all of them, and against all but the first two.
FOR, AGAINST = [1] * 8, [1, 1] + [-1] * 6
STATEMENTS = [f"The desk should be open on day {day}." for day in range(1, 9)]


@dataclass
class Asked:
    """A table at which a map was opened by its chair."""

    make: Factory
    chair: Actor
    map_id: int

    @property
    def map(self) -> OpinionMap:
        """The map as it stands now."""
        with self.make.session() as session:
            return get_map(session, self.map_id)

    @property
    def opinions(self) -> list[Opinion]:
        return self.map.opinions

    def do(self, actor: Actor, command: Any, **given: Any) -> Any:
        """What a command returns."""
        with self.make.database.transaction(actor) as tx:
            return command(tx, **given)

    def answer(self, actor: Actor, values: Sequence[int | None]) -> None:
        """Answer the map's statements in their order; None leaves one out."""
        with self.make.database.transaction(actor) as tx:
            for opinion, value in zip(self.opinions, values, strict=False):
                if value is not None:
                    answer_opinion(tx, opinion_id=opinion.id, value=value)

    def drawn(self) -> OpinionMap:
        """Close the map and let the worker draw it."""
        self.do(self.chair, close_opinion_map, map_id=self.map_id)
        self.do(SYSTEM, draw_opinion_map, map_id=self.map_id)
        return self.map


def two_camps(asked: Asked) -> None:
    """Let six people agree with everything, and six with the first two statements alone."""
    for values in [FOR] * 6 + [AGAINST] * 6:
        asked.answer(asked.make.citizen(), values)
