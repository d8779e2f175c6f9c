"""The text of a mail that has HTML alone, without what its program marks as quoted.

Nothing here is shown as HTML: the tags say where lines end and what is quoted, and are dropped. The
reader goes through the text once; parsers take a minute for what is nested a thousand times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

# Longer HTML is mostly styles and quotations; what somebody writes stands first.
_MOST = 400_000
_BREAKS = frozenset({
    "p", "div", "li", "ul", "ol", "tr", "table", "hr", "br", "h1", "h2", "h3", "h4", "blockquote",
})  # fmt: skip
_ALONE = frozenset({"br", "hr", "img", "meta", "link", "input", "wbr", "base", "col", "area"})
# Their content is nobody's words.
_DROPPED = frozenset({"script", "style", "title", "template"})
# What programs call the part that quotes (Gmail, Yahoo, Thunderbird, Proton, Apple Mail).
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|AppleMailQuote")
# From here on Outlook quotes to the end.
_ENDS = re.compile(r"divRplyFwdMsg|appendonsend|mail-editor-reference-message-container")
_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SPACES = re.compile(r"[ \t\r\n]+")
_BLANKS = re.compile(r"\n{3,}")


def text_of(html: str) -> str:
    """The words of a mail, a line for each paragraph and entry."""
    found: list[str] = []
    quoted: list[str] = []  # the open elements, from the one that quotes inwards
    for text, slash, name, tag in _pieces(html[:_MOST]):
        if not quoted:
            found.append(_SPACES.sub(" ", unescape(text)))
            if name in _BREAKS:
                found.append("\n")
        if _ENDS.search(tag):
            break
        _follow(quoted, slash, name, tag)
    lines = (line.strip() for line in "".join(found).split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()


def _follow(quoted: list[str], slash: str, name: str, tag: str) -> None:
    """Go into an element, or out of one, if it quotes or stands inside of one that does."""
    if name in _ALONE or not name:
        return
    if not slash and (quoted or name == "blockquote" or _QUOTES.search(tag)):
        quoted.append(name)
    elif slash and name in quoted[-50:]:
        while quoted.pop() != name:
            pass


def _pieces(html: str) -> Iterator[tuple[str, str, str, str]]:
    """Each text with the tag after it: the text, a slash if the tag closes, its name, all of it."""
    at = 0
    while (start := html.find("<", at)) >= 0:
        text = html[at:start]
        if html.startswith("<!--", start):
            end, name = html.find("-->", start + 4), None
        else:
            end, name = html.find(">", start), _NAME.match(html, start + 1)
        if end < 0:
            yield text, "", "", ""
            return
        at = end + 1
        if name is None:
            yield text, "", "", ""
            continue
        lower = name[2].lower()
        yield text, name[1], lower, html[start:at]
        if lower in _DROPPED and not name[1]:
            at = _end_of(html, lower, at)
    yield html[at:], "", "", ""


def _end_of(html: str, name: str, at: int) -> int:
    """Where the tag begins that closes an element whose content is dropped; else the end."""
    found = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
    return found.start() if found else len(html)
