"""A plan in work: its office, a paragraph of its first chapter, and its chapters' ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.plan.approval.commands import declare_plan_ready, publish_plan_draft
from consultazione.plan.commands.writing import write_paragraph
from consultazione.zones.commands.path import record_act
from consultazione.zones.models import ActKind
from consultazione.zones.queries import chapters
from tests.support.factories import Factory

BODY = "Nasce uno sportello. È aperto ogni giorno."


@dataclass
class Desk:
    """The plan office of a zone, and what it has written."""

    make: Factory
    office: Actor
    chapter_ids: list[int]
    block_id: int

    @classmethod
    def begin(cls, make: Factory) -> Desk:
        """A plan whose first chapter has one paragraph."""
        office = make.holder(Role.PLAN_OFFICE)
        with make.session() as session:
            ids = [chapter.id for chapter in chapters(session, make.cycle.id)]
        with make.database.transaction(office) as tx:
            block = write_paragraph(tx, chapter_id=ids[0], body=BODY)
        return cls(make, office, ids, block.id)

    def run(self, command: Callable[..., Any], *, by: Any = None, **values: Any) -> Any:
        """Run a command, of the office unless somebody else is named."""
        with self.make.database.transaction(by or self.office) as tx:
            return command(tx, **values)

    def open_draft(self) -> None:
        """Put the plan up for comments."""
        self.run(publish_plan_draft, cycle_id=self.make.cycle.id)

    def complete(self) -> None:
        """Write something into every chapter."""
        for chapter_id in self.chapter_ids:
            self.run(write_paragraph, chapter_id=chapter_id, body="Il testo.")

    def make_ready(self) -> None:
        """Complete the plan, and declare it ready."""
        self.complete()
        self.open_draft()
        self.run(declare_plan_ready, cycle_id=self.make.cycle.id)

    def act(self) -> int:
        """The id of an act of the cycle."""
        with self.make.database.transaction(SYSTEM) as tx:
            act = record_act(
                tx,
                cycle_id=self.make.cycle.id,
                kind=ActKind.APPROVAL,
                title="Delibera",
                on_day=tx.today,
                body="Unione",
                source="albo",
            )
            return act.id
