"""Two cycles of a zone beside each other: chapters, priorities, path, tables and acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from consultazione.memory.models import LinkKind, PriorityLink
from consultazione.memory.queries import links_between
from consultazione.plan.blocks.models import Block
from consultazione.plan.queries import blocks_of
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import tables
from consultazione.zones.models import Act, Chapter, Cycle, Phase, Priority
from consultazione.zones.queries import acts, chapters, phases, priorities

Row = TypeVar("Row")
# Of a chapter as many blocks are shown; its page has the rest.
_BLOCKS_OF_A_CHAPTER = 10


@dataclass(frozen=True)
class Pair(Generic[Row]):
    """The same thing in the earlier and in the later cycle; None where it is missing."""

    earlier: Row | None
    later: Row | None


@dataclass(frozen=True)
class Comparison:
    """What two cycles of a zone have, earlier and later.

    texts: how the chapters of both plans begin, by chapter id. longer: the ids of those that
    go on. links: what is said of priorities. unlinked: the priorities of both of which nothing
    is said.
    """

    earlier: Cycle
    later: Cycle
    chapters: Sequence[Pair[Chapter]]
    texts: dict[int, list[Block]]
    longer: set[int]
    phases: Sequence[Pair[Phase]]
    tables: Sequence[Pair[ThematicTable]]
    acts: Pair[list[Act]]
    links: Sequence[PriorityLink]
    unlinked: Pair[list[Priority]]

    @property
    def written(self) -> list[Pair[Chapter]]:
        """The chapters of which at least one of the cycles has a text."""
        return [pair for pair in self.chapters if self._is_written(pair)]

    def _is_written(self, pair: Pair[Chapter]) -> bool:
        sides = (side for side in (pair.earlier, pair.later) if side is not None)
        return any(self.texts[side.id] for side in sides)

    def count(self, kind: LinkKind) -> int:
        """How many priorities became that."""
        return sum(link.kind == kind for link in self.links)


def compare(session: Session, one: Cycle, other: Cycle) -> Comparison:
    """Two cycles of a zone, whichever comes first."""
    earlier, later = sorted((one, other), key=lambda cycle: (cycle.first_year, cycle.last_year))
    before, after = chapters(session, earlier.id), chapters(session, later.id)
    links = links_between(session, later.id, earlier.id)
    texts = _texts(session, [chapter.id for chapter in (*before, *after)])
    return Comparison(
        earlier=earlier,
        later=later,
        chapters=paired(before, after, lambda chapter: _folded(chapter.title)),
        texts={id_: blocks[:_BLOCKS_OF_A_CHAPTER] for id_, blocks in texts.items()},
        longer={id_ for id_, blocks in texts.items() if len(blocks) > _BLOCKS_OF_A_CHAPTER},
        phases=paired(
            phases(session, earlier.id), phases(session, later.id), lambda phase: phase.kind.value
        ),
        tables=paired(
            tables(session, earlier.id),
            tables(session, later.id),
            lambda table: _folded(table.name),
        ),
        acts=Pair(acts(session, earlier.id), acts(session, later.id)),
        links=links,
        unlinked=_unlinked(session, earlier, later, links),
    )


def paired(
    earlier: Iterable[Row], later: Iterable[Row], key: Callable[[Row], str]
) -> list[Pair[Row]]:
    """Rows with the same key beside each other: in the later order, then those that are gone."""
    before = {key(row): row for row in earlier}
    pairs = [Pair(before.pop(key(row), None), row) for row in later]
    return pairs + [Pair(row, None) for row in before.values()]


def _folded(title: str) -> str:
    """A title as it is compared: without case and without doubled blanks."""
    return " ".join(title.casefold().split())


def _texts(session: Session, chapter_ids: list[int]) -> dict[int, list[Block]]:
    """The first blocks of chapters, and one more, to know whether a chapter goes on."""
    found: dict[int, list[Block]] = {chapter_id: [] for chapter_id in chapter_ids}
    for block in blocks_of(session, chapter_ids, most=_BLOCKS_OF_A_CHAPTER + 1):
        found[block.chapter_id].append(block)
    return found


def _unlinked(
    session: Session, earlier: Cycle, later: Cycle, links: Iterable[PriorityLink]
) -> Pair[list[Priority]]:
    said = {link.priority_id for link in links} | {link.earlier_id for link in links}
    return Pair(
        [p for p in priorities(session, earlier.id) if p.id not in said],
        [p for p in priorities(session, later.id) if p.id not in said],
    )
