"""A block's markdown as plain parts: those of minutes, and tables."""

from __future__ import annotations

from typing import Literal, TypedDict

from markdown_it import MarkdownIt
from markdown_it.token import Token

from consultazione.documents.paper.rich import Block as ProsePart
from consultazione.documents.paper.rich import Run, blocks

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class TablePart(TypedDict):
    """A table: its rows, the first of which is the head; each cell is a line of runs."""

    kind: Literal["table"]
    rows: list[list[list[Run]]]


Part = ProsePart | TablePart


def parts_of(text: str) -> list[Part]:
    """The paragraphs, lists and tables of a text, in order."""
    lines, found, begun = text.splitlines(), list[Part](), 0
    tokens = _MARKDOWN.parse(text)
    for place, token in enumerate(tokens):
        if token.type == "table_open" and token.level == 0 and token.map:
            found += blocks("\n".join(lines[begun : token.map[0]]))
            found.append(_table(tokens[place:]))
            begun = token.map[1]
    return [*found, *blocks("\n".join(lines[begun:]))]


def _table(tokens: list[Token]) -> TablePart:
    """The table that begins with these tokens."""
    rows: list[list[list[Run]]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_cell(token.content))
    return {"kind": "table", "rows": rows}


def _cell(text: str) -> list[Run]:
    """The first line of a cell; there is no other in markdown."""
    first = next(iter(blocks(text)), None)
    return first["runs"] if first and first["kind"] == "paragraph" else []
