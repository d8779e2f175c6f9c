"""A paper as an OpenDocument text, which offices can work on: made by odfdo."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from odfdo import Cell, Document, Header, List, ListItem, Paragraph, Row, Span, Table

from consultazione.core.clock import in_rome
from consultazione.documents.paper import model
from consultazione.documents.paper.odt_styles import (
    CELL,
    LISTS,
    MARKS,
    PARAGRAPHS,
    QUOTE,
    SUBTITLE,
    add_styles,
)
from consultazione.documents.paper.wording import WORDS

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_FIRST = "mimetype"  # by the standard, and not compressed


def odt_of(paper: model.Paper, seal: model.Seal, *, at: datetime) -> bytes:
    """The ODT of a paper, dated `at`; equal papers, seals and moments give equal bytes."""
    document = Document("text")
    document.body.clear()
    add_styles(document)
    for element in (*_head(paper, seal), *_elements(paper.blocks), *_foot(seal)):
        document.body.append(element)
    _describe(document, paper, at)
    with BytesIO() as out:
        document.save(out)
        return _settled(out, at)


def _describe(document: Any, paper: model.Paper, at: datetime) -> None:
    """What the file says of itself: nothing of the machine, nor of the moment it was written."""
    meta, moment = document.meta, in_rome(at).replace(tzinfo=None, microsecond=0)
    meta.title, meta.subject, meta.language = paper.title, paper.subject, "it-IT"
    meta.creation_date = meta.date = moment
    meta.generator = meta.creator = meta.initial_creator = paper.zone


def _settled(saved: BytesIO, at: datetime) -> bytes:
    """The same archive, whose members bear the moment of the document."""
    moment = max(in_rome(at).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(saved) as read, BytesIO() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for name in sorted(read.namelist(), key=lambda name: (name != _FIRST, name)):
                member = zipfile.ZipInfo(name, moment)
                kind = zipfile.ZIP_STORED if name == _FIRST else zipfile.ZIP_DEFLATED
                written.writestr(member, read.read(name), kind)
        return out.getvalue()


def _head(paper: model.Paper, seal: model.Seal) -> Iterable[Any]:
    yield Paragraph(f"{paper.zone} · {paper.plan}")
    yield Header(1, paper.title)
    if seal.number:
        yield _paragraph(model.text(seal.number, "stressed"))
    yield Paragraph(paper.subject, style=SUBTITLE)
    if paper.demo:
        yield Paragraph(WORDS["demo"])
    if paper.notice:
        yield Paragraph(paper.notice)


def _foot(seal: model.Seal) -> Iterable[Any]:
    yield _paragraph(model.text(f"{WORDS['verify']} {seal.address}", "quiet"))
    for label, digest in seal.digests:
        yield _paragraph(model.text(f"{label} {digest}", "quiet"))


def _elements(blocks: Iterable[model.Block]) -> Iterable[Any]:
    for one in blocks:
        yield from _MADE[type(one)](one)


def _heading(block: model.Heading) -> Iterable[Any]:
    yield Header(block.level, block.text)


def _paragraphs(block: model.Paragraph) -> Iterable[Any]:
    yield _paragraph(block)


def _paragraph(block: model.Paragraph, style: str = "") -> Any:
    made = Paragraph(style=style or PARAGRAPHS[block.tone])
    for run in block.runs:
        marks = ("strong",) if block.tone == "stressed" else run.marks
        made.append(Span(run.text, style=MARKS[marks[-1]] if marks else None))
    return made


def _facts(block: model.Facts) -> Iterable[Any]:
    for label, value in block.rows:
        made = Paragraph()
        made.append(Span(f"{label}:", style=MARKS["strong"]))
        made.append(Span(f" {value}"))
        yield made


def _table(block: model.Table) -> Iterable[Any]:
    made = Table("Tabella")
    for row in (block.columns, *block.rows):
        made.append(_row(row, is_head=row is block.columns))
    yield made


def _row(texts: Sequence[str], *, is_head: bool) -> Any:
    row = Row()
    for words in texts:
        cell = Cell(style=CELL)
        cell.append(_paragraph(model.text(words, "stressed" if is_head else "plain")))
        row.append(cell)
    return row


def _items(block: model.Items) -> Iterable[Any]:
    made = List(style=LISTS[block.ordered])
    for item in block.items:
        entry = ListItem()
        for element in _elements(item):
            entry.append(element)
        made.append(entry)
    yield made


def _quote(block: model.Quote) -> Iterable[Any]:
    yield _paragraph(model.text(block.source, "stressed"), QUOTE)
    for one in block.blocks:
        if isinstance(one, model.Paragraph):
            yield _paragraph(one, QUOTE)
        else:
            yield from _elements([one])


def _signatures(block: model.Signatures) -> Iterable[Any]:
    for name, quality in block.lines:
        yield Paragraph(name)
        yield Paragraph(quality)
        yield Paragraph("_" * 40)


def _break(_block: model.Break) -> Iterable[Any]:
    return ()


_MADE: dict[type[model.Block], Callable[[Any], Iterable[Any]]] = {
    model.Heading: _heading,
    model.Paragraph: _paragraphs,
    model.Facts: _facts,
    model.Table: _table,
    model.Items: _items,
    model.Quote: _quote,
    model.Signatures: _signatures,
    model.Break: _break,
}
