"""Reads a DOCX (ECMA-376, part 1, chapter 17): its paragraphs, lists and tables in order.

Libraries that read DOCX give its texts, and pass over tracked changes, notes and text boxes
without a word; whoever takes a document into a plan has to know of them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from consultazione.plan.importing.reading.found import RemarkKind
from consultazione.plan.importing.reading.gathering import Gatherer
from consultazione.plan.importing.reading.parts import main_part, part_of, words_in
from consultazione.plan.importing.reading.word_runs import WordRuns
from consultazione.plan.importing.reading.word_styles import Styles, W
from consultazione.plan.importing.reading.words import Run

_MERGED = (f"{W}tcPr/{W}gridSpan", f"{W}tcPr/{W}vMerge")
# The most columns that Word gives a table.
MOST_COLUMNS = 63
_AROUND = frozenset({f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}body"})


def read(archive: zipfile.ZipFile, gatherer: Gatherer) -> None:
    """Tell a gatherer all that stands in the document."""
    body = main_part(archive, "word/document.xml").find(f"{W}body")
    if body is not None:
        _Reader(archive, gatherer).read(body)
    margins = (name for name in archive.namelist() if _is_margin(name))
    for root in (part_of(archive, name) for name in margins):
        if root is not None and (words := words_in(root, f"{W}t").strip()):
            gatherer.remark(RemarkKind.MARGINS, words, whole=True)


class _Reader:
    """Goes through a document once."""

    def __init__(self, archive: zipfile.ZipFile, gatherer: Gatherer) -> None:
        self._gatherer = gatherer
        self._styles = Styles(archive)
        self._runs = WordRuns(self._styles, gatherer)

    def read(self, parent: Element) -> None:
        """Read what stands directly in the body, or in what only stands around its parts."""
        for element in parent:
            if element.tag == f"{W}p":
                self._gatherer.go_on()
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._gatherer.go_on()
                self._table(element)
            elif element.tag == f"{W}sdt" and _is_contents(element):
                self._gatherer.go_on()
                self._gatherer.remark(RemarkKind.CONTENTS)
            elif element.tag == f"{W}sdt" or element.tag in _AROUND:
                self.read(element)
            elif element.tag == f"{W}altChunk":
                self._gatherer.remark(RemarkKind.OBJECT)

    def _paragraph(self, element: Element) -> None:
        if self._styles.is_of_contents(element):
            self._gatherer.remark(RemarkKind.CONTENTS)
            return
        runs = self._runs.of(element)
        if level := self._styles.level_of(element):
            self._gatherer.heading(level, runs)
            return
        numbering = self._styles.numbering_of(element)
        if numbering is None or numbering.key == "0":
            self._gatherer.paragraph(runs)
        else:
            is_numbered = self._styles.is_numbered(numbering)
            self._gatherer.item(numbering.key, numbering.depth, runs, is_numbered=is_numbered)

    def _table(self, table: Element) -> None:
        self._gatherer.table([list(self._cells(row)) for row in _within(table, "tr")])

    def _cells(self, row: Element) -> Iterator[list[Run]]:
        """The cells of a row; one that spans several columns, and blank ones beside it."""
        for cell in _within(row, "tc"):
            yield self._cell(cell)
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            said = "1" if span is None else span.get(f"{W}val", "1")
            yield from [[]] * (min(int(said), MOST_COLUMNS) - 1 if said.isdecimal() else 0)

    def _cell(self, cell: Element) -> list[Run]:
        if any(cell.find(path) is not None for path in _MERGED):
            self._gatherer.remark(RemarkKind.MERGED_CELLS)
        if cell.find(f".//{W}tbl") is not None:
            self._gatherer.remark(RemarkKind.TABLE_IN_TABLE)
        paragraphs = [self._runs.of(one) for one in cell.iter(f"{W}p")]
        return [run for runs in paragraphs for run in (*runs, Run(" "))]


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those within something that is around them too."""
    for element in parent:
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag == f"{W}sdt" or element.tag in _AROUND:
            yield from _within(element, name)


def _is_contents(element: Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _is_margin(name: str) -> bool:
    return name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
