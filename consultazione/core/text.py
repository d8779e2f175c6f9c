"""Free text from people: what is accepted, and how it becomes safe HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from importlib import import_module
from typing import Any

import nh3
from markdown_it import MarkdownIt

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# The parser fills up rows that are shorter than the head: a short text could become a table
# of 65,000 cells. Imported by name, since the package also has a function called `table`.
_TABLE: Any = import_module("markdown_it.rules_block.table")
_TABLE.MAX_AUTOCOMPLETED_CELLS = 500
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
# How many characters of markdown are read for one of the excerpt: marks and links take room.
_MARKS_A_CHARACTER = 12
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def has_control_characters(text: str) -> bool:
    """True if the text holds control characters other than tab and line ends, or surrogates."""
    return _CONTROL.search(text) is not None


def tidy(text: str) -> str:
    """The text in NFC, with `\\n` as line ends, without whitespace around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def to_html(text: str) -> str:
    """Markdown from a person as HTML that is safe to show; headings become plain paragraphs."""
    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )


def excerpt(text: str, length: int = 180) -> str:
    """The first words of a markdown text without its marks, cut at a word's end.

    length: the most characters. Plain text, not HTML: pages must escape it, as templates do.
    """
    rendered = _MARKDOWN.render(text[: _MARKS_A_CHARACTER * length])
    plain = " ".join(html.unescape(nh3.clean(rendered, tags=set())).split())
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
