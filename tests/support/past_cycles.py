"""A zone with a past cycle: its priorities, its documents, its assessments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from consultazione.core.actor import SYSTEM
from consultazione.core.incoming.uploads import store
from consultazione.memory.commands.archive import ReadFile, record_archive_document
from consultazione.memory.commands.assessing import assess_promise
from consultazione.memory.commands.linking import link_priority
from consultazione.memory.commands.past import add_past_cycle, record_past_priority
from consultazione.memory.models import (
    ArchiveDocument,
    Assessment,
    DocumentKind,
    Fulfilment,
    LinkKind,
    PriorityLink,
)
from consultazione.zones.commands.setting_up import NewChapter, NewPriority, open_cycle
from consultazione.zones.models import Cycle, Priority
from consultazione.zones.queries import priorities
from tests.support.factories import Factory


class Memory:
    """The zone of a factory with a cycle 2015-2017 and, opened last, one with priorities."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        zone_id = make.zone.id
        with make.database.transaction(SYSTEM) as tx:
            self.past = add_past_cycle(tx, zone_id=zone_id, first_year=2015, last_year=2017)
            self.now = open_cycle(
                tx,
                zone_id=zone_id,
                first_year=2021,
                last_year=2023,
                chapters=[NewChapter(title="Obiettivi"), NewChapter(title="Risorse")],
                priorities=[NewPriority(title="Prossimità", source="PSSR")],
            )
        with make.session() as session:
            (self.of_now,) = priorities(session, self.now.id)

    @property
    def here(self) -> str:
        """How the addresses of what belongs to the present cycle begin."""
        return self.make.here

    def priority(self, title: str = "Domiciliarità", cycle: Cycle | None = None) -> Priority:
        """A priority that the past cycle had."""
        with self.make.database.transaction(SYSTEM) as tx:
            return record_past_priority(
                tx, cycle_id=(cycle or self.past).id, title=title, source="Piano 2015/17, p. 4"
            )

    def document(
        self, directory: Path | None = None, *pages: str, **values: Any
    ) -> ArchiveDocument:
        """A document of the past cycle; with a directory it has a file with these pages."""
        file = None
        if directory is not None:
            file = ReadFile(store(directory, "piano.txt", "\n".join(pages).encode()), pages)
        given = {
            "first_year": 2015,
            "last_year": 2017,
            "title": "Piano di zona 2015/17",
            "kind": DocumentKind.PLAN,
            "body": "Comune di prova",
            "source": "Albo pretorio",
        }
        with self.make.database.transaction(SYSTEM) as tx:
            return record_archive_document(
                tx, zone_id=self.make.zone.id, file=file, **{**given, **values}
            )

    def link(self, kind: LinkKind, **sides: Any) -> PriorityLink:
        """What became of a priority from the past cycle to the present one."""
        with self.make.database.transaction(SYSTEM) as tx:
            return link_priority(
                tx, cycle_id=self.now.id, earlier_cycle_id=self.past.id, kind=kind, **sides
            )

    def assessed(self, **values: Any) -> Assessment:
        """The assessment of a priority of the past cycle."""
        given = {
            "fulfilment": Fulfilment.PARTLY,
            "evidence": "Tre sportelli su cinque.",
            "source": "Relazione 2017",
        }
        promise = values or {"priority_id": self.priority().id}
        with self.make.database.transaction(SYSTEM) as tx:
            return assess_promise(tx, **{**given, **promise})
