"""The blocks of a paper as elements of Akoma Ntoso: headings become sections in each other."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from consultazione.documents.paper import model

_LEVELS = {2: ("section", "sec"), 3: ("subsection", "subsec"), 4: ("paragraph", "para")}
_MARKS = {"strong": "b", "emph": "i"}


def append_blocks(body: ET.Element, blocks: Sequence[model.Block]) -> None:
    """Write all blocks below an element; what stands before the first heading, directly."""
    first = next((n for n, b in enumerate(blocks) if isinstance(b, model.Heading)), len(blocks))
    _write(body, blocks[:first], "body")
    _sections(body, blocks[first:], "")
    if not len(body):
        ET.SubElement(body, "p")


def line(parent: ET.Element, words: str) -> None:
    """A paragraph of words that are set in one way."""
    _spoken(ET.SubElement(parent, "p"), words)


def _sections(parent: ET.Element, blocks: Sequence[model.Block], place: str) -> None:
    """Blocks that begin with a heading, as sections in the order in which they stand."""
    for number, (heading, rest) in enumerate(_split(blocks), 1):
        name, short = _LEVELS[heading.level]
        place_of = f"{place}__{short}_{number}".removeprefix("__")
        section = ET.SubElement(parent, name, {"eId": place_of})
        ET.SubElement(section, "heading").text = heading.text
        inner = next((n for n, b in enumerate(rest) if isinstance(b, model.Heading)), len(rest))
        if inner == len(rest):
            content = ET.SubElement(section, "content", {"eId": f"{place_of}__content"})
            _write(content, rest, place_of)
            continue
        if rest[:inner]:
            _write(ET.SubElement(section, "intro"), rest[:inner], f"{place_of}__intro")
        _sections(section, rest[inner:], place_of)


def _split(
    blocks: Sequence[model.Block],
) -> list[tuple[model.Heading, list[model.Block]]]:
    """Each heading of the level of the first one, with what stands below it."""
    found: list[tuple[model.Heading, list[model.Block]]] = []
    for block in blocks:
        if isinstance(block, model.Heading) and (not found or block.level <= found[0][0].level):
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return found


def _write(parent: ET.Element, blocks: Iterable[model.Block], place: str) -> None:
    """Blocks without headings; an element that needs some gets an empty paragraph."""
    before = len(parent)
    for number, block in enumerate(blocks, 1):
        _MADE[type(block)](parent, block, f"{place}__p_{number}")
    if len(parent) == before and parent.tag in ("content", "intro", "tblock"):
        ET.SubElement(parent, "p")


def _paragraph(parent: ET.Element, block: model.Paragraph, _place: str) -> None:
    made = ET.SubElement(parent, "p")
    if block.tone != "plain":
        made.set("class", block.tone)
    _runs(made, block.runs)


def _runs(made: ET.Element, runs: Iterable[model.Run]) -> None:
    for run in runs:
        if not run.marks:
            _spoken(made, run.text)
            continue
        inner = made
        for mark in run.marks:
            if mark in _MARKS:
                inner = ET.SubElement(inner, _MARKS[mark])
            else:
                inner = ET.SubElement(inner, "inline", {"name": str(mark)})
        _spoken(inner, run.text)


def _spoken(made: ET.Element, words: str) -> None:
    """Add words at the end of an element; a line break in them stays one."""
    for number, part in enumerate(words.split("\n")):
        if number:
            ET.SubElement(made, "eol")
        if len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part


def _facts(parent: ET.Element, block: model.Facts, _place: str) -> None:
    if not block.rows:
        return
    table = ET.SubElement(parent, "table", {"class": "dati"})
    for label, value in block.rows:
        row = ET.SubElement(table, "tr")
        line(ET.SubElement(row, "th"), label)
        line(ET.SubElement(row, "td"), value)


def _table(parent: ET.Element, block: model.Table, _place: str) -> None:
    table = ET.SubElement(parent, "table")
    for tag, cells in (("th", block.columns), *(("td", row) for row in block.rows)):
        row = ET.SubElement(table, "tr")
        for words in cells:
            line(ET.SubElement(row, tag), words)


def _items(parent: ET.Element, block: model.Items, place: str) -> None:
    made = ET.SubElement(parent, "ol" if block.ordered else "ul")
    for item in block.items:
        _item(ET.SubElement(made, "li"), item, place)


def _item(made: ET.Element, blocks: Iterable[model.Block], place: str) -> None:
    """An item holds paragraphs and lists; of anything else it has the words."""
    for block in blocks:
        if isinstance(block, model.Paragraph | model.Items):
            _MADE[type(block)](made, block, place)
        else:
            holder = ET.Element("holder")
            _MADE[type(block)](holder, block, place)
            line(made, " ".join("".join(holder.itertext()).split()))


def _quote(parent: ET.Element, block: model.Quote, place: str) -> None:
    made = ET.SubElement(parent, "tblock", {"eId": place, "class": "citazione"})
    ET.SubElement(made, "heading").text = block.source
    _write(made, block.blocks, place)


def _signatures(parent: ET.Element, block: model.Signatures, _place: str) -> None:
    for who, quality in block.lines:
        ET.SubElement(ET.SubElement(parent, "p"), "signature").text = f"{who}, {quality}"


def _break(_parent: ET.Element, _block: model.Break, _place: str) -> None:
    """Sheets are nothing of a text."""


_MADE: dict[type[Any], Callable[[ET.Element, Any, str], None]] = {
    model.Paragraph: _paragraph,
    model.Facts: _facts,
    model.Table: _table,
    model.Items: _items,
    model.Quote: _quote,
    model.Signatures: _signatures,
    model.Break: _break,
}
