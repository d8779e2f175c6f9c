"""Gathers the blocks of a document, paragraph by paragraph, within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from consultazione.plan.blocks.lengths import LONGEST_TEXT
from consultazione.plan.importing.reading.cutting import cut
from consultazione.plan.importing.reading.found import (
    Fault,
    FaultKind,
    FoundBlock,
    Kind,
    Reading,
    Remark,
    RemarkKind,
    UnreadableDocument,
)
from consultazione.plan.importing.reading.words import Run, inline, on_one_line, plain

MOST_BLOCKS = 5_000
MOST_CHARACTERS = 4_000_000
MOST_REMARKS = 1_000
_LONGEST_HEADING = 300
_LONGEST_EXCERPT = 120
_INDENT = "    "

Cell = Sequence[Run]


@dataclass
class _OpenList:
    """A list whose end has not been reached. counts: points so far, by depth."""

    key: Hashable
    place: int
    lines: list[str] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)


class Gatherer:
    """What was found so far. The reader of a format tells it what stands there, in order."""

    def __init__(self) -> None:
        self._blocks: list[FoundBlock] = []
        self._remarks: dict[tuple[RemarkKind, int], Remark] = {}
        self._place = 0
        self._characters = 0
        self._list: _OpenList | None = None
        self._lists: set[Hashable] = set()

    def go_on(self) -> None:
        """The next paragraph or table of the document begins."""
        self._place += 1

    def remark(self, kind: RemarkKind, excerpt: str = "", *, whole: bool = False) -> None:
        """Note what is not taken as it stands, once for a place.

        whole: the document as a whole is meant.
        """
        place = 0 if whole else self._place
        if len(self._remarks) < MOST_REMARKS:
            words = " ".join(excerpt.split())[:_LONGEST_EXCERPT]
            self._remarks.setdefault((kind, place), Remark(kind=kind, place=place, excerpt=words))

    def heading(self, level: int, runs: Sequence[Run]) -> None:
        """A heading; one that is too long for it is a paragraph."""
        words = plain(runs)
        if len(words) > _LONGEST_HEADING:
            self.paragraph(runs)
        elif words:
            self._close_list()
            self._add(Kind.HEADING, words, level=max(level, 1))

    def paragraph(self, runs: Sequence[Run]) -> None:
        """A paragraph; one without words is none."""
        if not plain(runs):
            return
        self._close_list()
        if _is_like_a_heading(runs):
            self.remark(RemarkKind.LIKE_A_HEADING, plain(runs))
        self._add(Kind.PARAGRAPH, inline(runs))

    def item(self, key: Hashable, depth: int, runs: Sequence[Run], *, is_numbered: bool) -> None:
        """A point of a list. key: which list, though something stood between; depth: from 0."""
        text = inline(on_one_line(runs))
        if not text:
            return
        if self._list is None or self._list.key != key:
            self._close_list()
            self._list = _OpenList(key, self._place)
            if is_numbered and key in self._lists:
                self.remark(RemarkKind.NUMBERED_ANEW, text)
            self._lists.add(key)
        counts = self._list.counts
        depth = min(depth, len(counts))
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] += 1
        mark = f"{counts[depth]}." if is_numbered else "-"
        self._list.lines.append(f"{_INDENT * depth}{mark} {text}")

    def table(self, rows: Sequence[Sequence[Cell]]) -> None:
        """A table, whose first row is the head; blank rows are left out."""
        self._close_list()
        written = [[inline(on_one_line(cell)) for cell in row] for row in rows]
        written = [row for row in written if any(row)]
        if not written:
            return
        width = max(len(row) for row in written)
        if len(written) == width == 1:
            self.remark(RemarkKind.FRAME, plain(rows[0][0]))
            self._add(Kind.PARAGRAPH, written[0][0])
            return
        lines = [_row([*row, *[""] * (width - len(row))]) for row in written]
        lines.insert(1, _row(["---"] * width))
        self._add(Kind.TABLE, "\n".join(lines))

    def reading(self) -> Reading:
        """All that was found. UnreadableDocument if it is nothing."""
        self._close_list()
        if not self._blocks:
            raise UnreadableDocument(Fault(kind=FaultKind.NO_TEXT))
        remarks = sorted(self._remarks.values(), key=lambda remark: remark.place)
        return Reading(blocks=self._blocks, remarks=remarks)

    def _close_list(self) -> None:
        if self._list is not None:
            closed, self._list = self._list, None
            self._add(Kind.LIST, "\n".join(closed.lines), place=closed.place)

    def _add(self, kind: Kind, body: str, *, level: int = 0, place: int | None = None) -> None:
        self._characters += len(body)
        place = place or self._place
        if len(body) > LONGEST_TEXT:
            self.remark(RemarkKind.CUT)
        for piece in cut(kind, body):
            block = FoundBlock(kind=kind, body=piece, place=place, level=level)
            self._blocks.append(block)
        if len(self._blocks) > MOST_BLOCKS or self._characters > MOST_CHARACTERS:
            raise UnreadableDocument(Fault(kind=FaultKind.TOO_MUCH_TEXT, place=place))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_like_a_heading(runs: Sequence[Run]) -> bool:
    """True for a short line in bold that ends like none: offices set headings so."""
    words = plain(runs)
    bold = all(run.strong for run in runs if run.text.strip())
    return bold and len(words) < _LONGEST_EXCERPT and words[-1] not in ".;:,!?"
