"""Markdown that people wrote as plain JSON blocks, which templates of PDFs set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypedDict

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_MARKS = {"strong_open": "strong", "em_open": "emph", "code_inline": "code"}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_OPENING = {"bullet_list_open": "bullets", "ordered_list_open": "numbers", "list_item_open": None}
_CLOSING = {"bullet_list_close", "ordered_list_close", "list_item_close"}


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
    heading) becomes paragraphs, as on the page. Read token by token, so that no depth of marks
    inside marks is too much.
    """
    found: list[Block] = []
    inside: list[list[Any]] = [found]
    for token in _MARKDOWN.parse(text):
        if token.type in _OPENING:
            inside.append(_begun(token, inside[-1]))
        elif token.type in _CLOSING:
            inside.pop()
        elif runs := _runs_of(token):
            inside[-1].append({"kind": "paragraph", "runs": runs})
    return found


def _begun(token: Token, around: list[Any]) -> list[Any]:
    """Begin a list, or one of its items, and return what goes into it."""
    begun: list[Any] = []
    kind = _OPENING[token.type]
    around.append({"kind": kind, "items": begun} if kind else begun)
    return begun


def _runs_of(token: Token) -> list[Run]:
    if token.children is not None:
        return list(_runs(token.children))
    return [{"text": token.content, "marks": []}] if token.content else []


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    around: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            around.append(token)
        elif token.nesting == -1:
            opened = around.pop()
            if opened.type == "link_open":
                yield {"text": f" ({opened.attrs['href']})", "marks": []}
        elif token.type in _BREAKS:
            yield {"text": _BREAKS[token.type], "marks": []}
        elif token.content:
            yield {"text": token.content, "marks": _marks([*around, token])}


def _marks(tokens: Sequence[Token]) -> list[str]:
    """How words inside these tokens are set, each way once."""
    return list(dict.fromkeys(_MARKS[t.type] for t in tokens if t.type in _MARKS))
