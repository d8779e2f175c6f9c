"""Reads an ODT (OpenDocument 1.3, part 3): its titles, paragraphs, lists and tables in order.

Libraries that read ODT give its texts, and pass over tracked changes, notes and text boxes
without a word; whoever takes a document into a plan has to know of them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from consultazione.plan.importing.reading.found import RemarkKind
from consultazione.plan.importing.reading.gathering import Cell, Gatherer
from consultazione.plan.importing.reading.odt_runs import OdtRuns
from consultazione.plan.importing.reading.odt_styles import DRAW, OFFICE, STYLE, TABLE, TEXT, Styles
from consultazione.plan.importing.reading.parts import main_part, part_of, words_in
from consultazione.plan.importing.reading.words import Run

_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
        "alphabetical-index", "bibliography",
    )
)  # fmt: skip
_ROWS_AROUND = frozenset(
    f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")
)
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_SPANS = (f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned")
_MARGINS = frozenset({f"{STYLE}header", f"{STYLE}footer"})
# A cell or a row that repeats more often is blank, or made to fill the memory.
_MOST_REPEATED = 50


def read(archive: zipfile.ZipFile, gatherer: Gatherer) -> None:
    """Tell a gatherer all that stands in the document."""
    content = main_part(archive, "content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is not None:
        _Reader(Styles(archive, content), gatherer).read(body)
    styles = part_of(archive, "styles.xml")
    margins = [] if styles is None else [one for one in styles.iter() if one.tag in _MARGINS]
    for margin in margins:
        if words := words_in(margin, f"{TEXT}p").strip():
            gatherer.remark(RemarkKind.MARGINS, words, whole=True)


class _Reader:
    """Goes through a document once."""

    def __init__(self, styles: Styles, gatherer: Gatherer) -> None:
        self._styles = styles
        self._gatherer = gatherer
        self._runs = OdtRuns(styles, gatherer)
        self._lists = 0

    def read(self, parent: Element) -> None:
        """Read what stands directly in the text, or in a section of it."""
        for element in parent:
            self._one(element)

    def _one(self, element: Element) -> None:
        tag = element.tag
        if tag == f"{TEXT}list":
            # One that goes on with the numbers of the last is the same list.
            self._lists += element.get(f"{TEXT}continue-numbering") != "true"
            self._list(element, element.get(f"{TEXT}style-name"), 0)
        elif tag == f"{TEXT}section":
            self._section(element)
        elif tag in {f"{TEXT}p", f"{TEXT}h", f"{TABLE}table"} | _INDEXES or tag.startswith(DRAW):
            self._gatherer.go_on()
            self._part(element)

    def _part(self, element: Element) -> None:
        if element.tag == f"{TABLE}table":
            self._gatherer.table(list(self._rows(element)))
        elif element.tag in _INDEXES:
            self._gatherer.remark(RemarkKind.CONTENTS)
        elif element.tag.startswith(DRAW):
            self._runs.drawn(element)
        elif level := self._level(element):
            self._gatherer.heading(level, self._runs.of(element))
        else:
            self._gatherer.paragraph(self._runs.of(element))

    def _level(self, element: Element) -> int:
        """The level of a heading, from 1; 0 for what is none."""
        if element.tag == f"{TEXT}h":
            level = element.get(f"{TEXT}outline-level", "1")
            return int(level) if level.isdigit() else 1
        return int(self._styles.is_title(element.get(f"{TEXT}style-name")))

    def _section(self, element: Element) -> None:
        if element.get(f"{TEXT}display") == "none":
            self._gatherer.go_on()
            self._gatherer.remark(RemarkKind.HIDDEN, words_in(element, f"{TEXT}p", f"{TEXT}h"))
        else:
            self.read(element)

    def _list(self, element: Element, style: str | None, depth: int) -> None:
        is_numbered = self._styles.is_numbered(style, depth)
        for item in element:
            runs: list[Run] = []
            for part in item:
                if part.tag == f"{TEXT}list":
                    self._item(depth, runs, is_numbered=is_numbered)
                    runs = []
                    self._list(part, part.get(f"{TEXT}style-name", style), depth + 1)
                elif part.tag == f"{TEXT}h":
                    self._one(part)
                elif part.tag == f"{TEXT}p":
                    self._gatherer.go_on()
                    runs = [*runs, Run(" "), *self._runs.of(part)]
            self._item(depth, runs, is_numbered=is_numbered)

    def _item(self, depth: int, runs: list[Run], *, is_numbered: bool) -> None:
        self._gatherer.item(self._lists, depth, runs, is_numbered=is_numbered)

    def _rows(self, table: Element) -> Iterator[list[Cell]]:
        for element in table:
            if element.tag in _ROWS_AROUND:
                yield from self._rows(element)
            elif element.tag == f"{TABLE}table-row":
                cells = [cell for one in element for cell in self._cells(one)]
                yield from [cells] * _times(element, f"{TABLE}number-rows-repeated")

    def _cells(self, element: Element) -> list[Cell]:
        if element.tag not in _CELLS:
            return []
        if any(element.get(name, "1") != "1" for name in _SPANS):
            self._gatherer.remark(RemarkKind.MERGED_CELLS)
        if element.find(f".//{TABLE}table") is not None:
            self._gatherer.remark(RemarkKind.TABLE_IN_TABLE)
        paragraphs = [one for one in element.iter() if one.tag in {f"{TEXT}p", f"{TEXT}h"}]
        runs = [run for one in paragraphs for run in (*self._runs.of(one), Run(" "))]
        return [runs] * _times(element, f"{TABLE}number-columns-repeated")


def _times(element: Element, attribute: str) -> int:
    said = element.get(attribute, "1")
    return min(int(said), _MOST_REPEATED) if said.isdecimal() else 1
