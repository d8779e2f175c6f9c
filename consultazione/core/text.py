"""Free text from people: what is accepted, and how it becomes safe HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from importlib import import_module
from typing import Any

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

from consultazione.core.sentences import LazySentence
from consultazione.core.sentences import LazySentence as _

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Of no use in a name: control, format, surrogate, private, unassigned, and separators of lines.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Fillers, joiners and selectors of variants that are letters or marks, and show nothing.
_BLANK = {*"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", *map(chr, range(0xFE00, 0xFE10)),
          *map(chr, range(0xE0100, 0xE01F0)), *map(chr, range(0x180B, 0x1810))}  # fmt: skip
# What living languages put on one letter is less (Unicode Technical Report 36, 2.10).
_MARKS = re.compile(r"M{5}")
# The parser fills up rows that are shorter than the head: a short text could become a table
# of 65,000 cells. Imported by name, since the package also has a function called `table`.
_TABLE: Any = import_module("markdown_it.rules_block.table")
_TABLE.MAX_AUTOCOMPLETED_CELLS = 500
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(["table", "linkify"])
# Only whole addresses become links: "parola.Il" has the ending of a country.
_ADDRESSES = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
_MARKDOWN.linkify = _ADDRESSES
# How many characters of markdown are read for one of the excerpt: marks and links take room.
_MARKS_A_CHARACTER = 12
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
# What makes a cell a formula in Excel and in Calc.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def has_control_characters(text: str) -> bool:
    """True if the text holds control characters other than tab and line ends, or surrogates."""
    return _CONTROL.search(text) is not None


def fault_of_name(name: str) -> LazySentence | None:
    """Why a text cannot be a name, or None: hidden signs let one name pass for another.

    Refused are the classes of Unicode that show nothing or turn the direction of reading, and
    letters that are drawn as nothing (Unicode Technical Report 36, 3.1 and 3.3).
    """
    if any(unicodedata.category(c) in _HIDDEN or c in _BLANK for c in name):
        return _("The name holds signs that cannot be seen: type it anew instead of copying it.")
    if not any(c.isalpha() for c in name):
        return _("Write a name with at least one letter.")
    if any(alphabets(word) > 1 for word in name.split()):
        return _("One word of the name has letters of different alphabets: type it anew.")
    if _MARKS.search("".join(unicodedata.category(c)[0] for c in name)):
        return _("The name holds too many accents on one letter: type it anew.")
    return None


def alphabets(text: str) -> int:
    """How many alphabets the letters of a text belong to, by the first word of their names."""
    return len({unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()})


def tidy(text: str) -> str:
    """The text in NFC, with `\\n` as line ends, without whitespace around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula (OWASP, CSV Injection)."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


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
