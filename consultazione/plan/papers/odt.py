"""The plan as an OpenDocument text, which offices can work on: made by odfdo."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from odfdo import (
    Cell,
    Document,
    Frame,
    Header,
    List,
    ListItem,
    Paragraph,
    Row,
    Span,
    Table,
)  # fmt: skip

from consultazione.documents.paper.rich import Run
from consultazione.plan.papers.model import BlockPaper, PlanPaper
from consultazione.plan.papers.pictures import picture_files
from consultazione.plan.papers.rich import Part
from consultazione.plan.papers.wording import HEADINGS

_WIDTH = "14cm"


def plan_odt(paper: PlanPaper, uploads: Path) -> bytes:
    """The plan as an ODT: titles as headings, lists and tables as such, and what figures show."""
    document = Document("text")
    document.meta.title, document.meta.language = paper["title"], "it-IT"
    body = document.body
    body.clear()
    files = picture_files(paper, uploads)
    for element in _front(paper):
        body.append(element)
    for chapter in paper["chapters"]:
        body.append(Header(1, f"{chapter['number']}. {chapter['title']}"))
        for element in _elements(chapter["description"]):
            body.append(element)
        for block in chapter["blocks"]:
            for element in _block(document, block, files):
                body.append(element)
    return _saved(document)


def _saved(document: Document) -> bytes:
    with BytesIO() as out:
        document.save(out)
        return out.getvalue()


def _front(paper: PlanPaper) -> Iterable[Any]:
    yield Paragraph(paper["zone"])
    yield Paragraph(paper["title"], style="Title")
    yield Paragraph(paper["lead_body"])
    yield Paragraph(f"{paper['state']}. {HEADINGS['updated']} {paper['day']}")
    if paper["act"]:
        yield Paragraph(f"{HEADINGS['approved']}: {paper['act']}")
    if paper["demo"]:
        yield Paragraph(HEADINGS["demo"])


def _block(document: Document, block: BlockPaper, files: dict[str, Path]) -> Iterable[Any]:
    if block["kind"] == "heading":
        yield Header(2, block["title"])
    elif block["kind"] == "figure":
        yield from _figure(document, block, files)
    yield from _elements(block["parts"])
    if block["demo"]:
        yield Paragraph(HEADINGS["invented"])
    if block["origin"]:
        yield Paragraph(block["origin"])


def _figure(document: Document, block: BlockPaper, files: dict[str, Path]) -> Iterable[Any]:
    if path := files.get(block["picture"]):
        frame = Frame.image_frame(
            document.add_file(str(path)), size=(_WIDTH, "9cm"), anchor_type="as-char"
        )
        frame.svg_description = block["alt"]
        holder = Paragraph()
        holder.append(frame)
        yield holder
    yield Paragraph(f"{HEADINGS['in_words']} {block['alt']}")


def _elements(parts: Iterable[Part]) -> Iterable[Any]:
    for part in parts:
        if part["kind"] == "table":
            yield _table(part["rows"])
        elif part["kind"] == "paragraph":
            yield _paragraph(part["runs"])
        else:
            yield _list(part["items"])


def _paragraph(runs: Iterable[Run]) -> Any:
    made = Paragraph()
    for run in runs:
        made.append(Span(run["text"]) if not run["marks"] else _marked(run))
    return made


def _marked(run: Run) -> Any:
    style = "Strong_20_Emphasis" if "strong" in run["marks"] else "Emphasis"
    return Span(run["text"], style=style)


def _list(items: Iterable[list[Any]]) -> Any:
    made = List()
    for item in items:
        entry = ListItem()
        for element in _elements(item):
            entry.append(element)
        made.append(entry)
    return made


def _table(rows: list[list[list[Run]]]) -> Any:
    made = Table("Tabella")
    for cells in rows:
        row = Row()
        for runs in cells:
            cell = Cell()
            cell.append(_paragraph(runs))
            row.append(cell)
        made.append(row)
    return made
