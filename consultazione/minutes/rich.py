"""A facilitator's Markdown as plain JSON blocks, which the PDF's template sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypedDict

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_MARKS = {"strong": "strong", "em": "emph", "code_inline": "code"}


class Run(TypedDict):
    """Words that are set in one way: `strong`, `emph`, `code`, or in none of them."""

    text: str
    marks: list[str]


class Paragraph(TypedDict):
    """A paragraph."""

    kind: Literal["paragraph"]
    runs: list[Run]


class BlockList(TypedDict):
    """A list, each of whose items is made of blocks."""

    kind: Literal["bullets", "numbers"]
    items: list[list[Block]]


Block = Paragraph | BlockList


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a text, in order.

    A paragraph is {"kind": "paragraph", "runs": [{"text", "marks"}]}; a list has the kind
    "bullets" or "numbers" and "items", each a list of blocks. Other Markdown (a quotation, a
    heading) becomes paragraphs, as on the page.
    """
    return list(_blocks(SyntaxTreeNode(_MARKDOWN.parse(text)).children))


def _blocks(nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        if node.type in ("bullet_list", "ordered_list"):
            items = [list(_blocks(item.children)) for item in node.children]
            yield {"kind": "bullets" if node.type == "bullet_list" else "numbers", "items": items}
        elif node.type == "inline":
            yield {"kind": "paragraph", "runs": list(_runs(node.children, ()))}
        elif node.children:
            yield from _blocks(node.children)
        elif node.content:
            yield {"kind": "paragraph", "runs": [{"text": node.content, "marks": []}]}


def _runs(nodes: list[SyntaxTreeNode], marks: tuple[str, ...]) -> Iterator[Run]:
    for node in nodes:
        inside = (*marks, _MARKS[node.type]) if node.type in _MARKS else marks
        if node.type in ("softbreak", "hardbreak"):
            yield {"text": " " if node.type == "softbreak" else "\n", "marks": []}
        elif node.children:
            yield from _runs(node.children, inside)
            if node.type == "link":
                yield {"text": f" ({node.attrs['href']})", "marks": []}
        elif node.content:
            yield {"text": node.content, "marks": list(inside)}
