"""A facilitator's Markdown as plain JSON blocks, which the PDF's template sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_MARKS = {"strong": "strong", "em": "emph", "code_inline": "code"}


def blocks(text: str) -> list[dict[str, Any]]:
    """The paragraphs and lists of a text, in order.

    A paragraph is {"kind": "paragraph", "runs": [{"text", "marks"}]}; a list has the kind
    "bullets" or "numbers" and "items", each a list of blocks. Other Markdown (a quotation, a
    heading) becomes paragraphs, as on the page.
    """
    return list(_blocks(SyntaxTreeNode(_MARKDOWN.parse(text)).children))


def _blocks(nodes: list[SyntaxTreeNode]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if node.type in ("bullet_list", "ordered_list"):
            kind = "bullets" if node.type == "bullet_list" else "numbers"
            items = [list(_blocks(item.children)) for item in node.children]
            yield {"kind": kind, "items": items}
        elif node.type == "inline":
            yield {"kind": "paragraph", "runs": list(_runs(node.children, ()))}
        elif node.children:
            yield from _blocks(node.children)
        elif node.content:
            yield {"kind": "paragraph", "runs": [{"text": node.content, "marks": []}]}


def _runs(nodes: list[SyntaxTreeNode], marks: tuple[str, ...]) -> Iterator[dict[str, Any]]:
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
