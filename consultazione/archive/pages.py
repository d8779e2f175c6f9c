"""Pages of the site, as an archive has them: their content alone, without what acts or asks.

What stands in the frame of the site, forms and scripts go; links lead within the archive.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

import nh3

from consultazione.archive.addresses import SITE, path_of, way

ASSETS = Path(__file__).with_name("assets")
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_LINK = re.compile(r"""\s(?:href|src)="([^"]+)\"""")
_ENDLESS = re.compile(r"<a(?![^>]*\bhref=)([^>]*)>(.*?)</a>", re.DOTALL)
_UNSEEN = re.compile(r"<(\w+)\b[^>]*\shidden=\"\"[^>]*>.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_BLANKS = re.compile(r"\s+")
_GONE = {
    "button", "dialog", "form", "iframe", "input", "label", "script", "select", "style", "svg",
    "template", "textarea", "audio", "video",
}  # fmt: skip
_KEPT = {
    "a", "abbr", "article", "aside", "b", "bdi", "blockquote", "br", "caption", "cite", "code",
    "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins",
    "li", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u",
    "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "hidden", "id", "lang", "dir", "aria-label", "aria-labelledby"},
    "a": {"href"},
    "img": {"src", "alt"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "ol": {"start"},
    "table": {"role", "tabindex"},
}


@dataclass(frozen=True)
class RawPage:
    """The content of a page as the site sends it. title: its heading, as text."""

    path: str
    title: str
    main: str

    @property
    def links(self) -> list[str]:
        """The paths within the site to which it leads, in their order."""
        found = (path_of(html.unescape(one), self.path) for one in _LINK.findall(self.main))
        return [path for path in found if path]


@dataclass(frozen=True)
class ListedPage:
    """A page for the list of all: its file and its heading."""

    file: str
    title: str


def raw_page(path: str, body: bytes) -> RawPage:
    """The content of a page of the site; a page without a `main` is empty."""
    found = _MAIN.search(body.decode())
    main = found[1] if found else ""
    heading = _HEADING.search(main)
    return RawPage(path, text_of(heading[1]) if heading else path, main)


def frozen(page: RawPage, file: str, places: Mapping[str, str]) -> str:
    """The content of a page for the archive. file: where it stands; places: files by path."""

    def rewritten(tag: str, name: str, value: str) -> str | None:
        if name not in {"href", "src"}:
            return value
        return _link(value, page.path, file, places, outside=tag == "a")

    cleaned = nh3.clean(
        page.main,
        tags=_KEPT,
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        attribute_filter=rewritten,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    return _ENDLESS.sub(_without_end, _UNSEEN.sub("", cleaned))


def framed(file: str, title: str, content: str, *, zone: str, years: str) -> str:
    """A whole page of the archive. file: where it stands; content: HTML; the others are text."""
    frame = Template((ASSETS / "frame.html").read_text(encoding="utf-8"))
    return frame.substitute(
        title=html.escape(title),
        zone=html.escape(zone),
        years=html.escape(years),
        content=content,
        home=way(file, f"{SITE}/index.html"),
        every=way(file, f"{SITE}/elenco.html"),
        search=way(file, f"{SITE}/cerca.html"),
        styles=way(file, f"{SITE}/archivio.css"),
        about=way(file, f"{SITE}/leggimi.html"),
    )


def text_of(fragment: str) -> str:
    """The words of a piece of HTML."""
    return _BLANKS.sub(" ", html.unescape(_TAG.sub(" ", fragment))).strip()


def _link(
    value: str, here: str, file: str, places: Mapping[str, str], *, outside: bool
) -> str | None:
    """Where a link of the site leads in the archive; None if it leads to nothing there."""
    if value.startswith("#"):
        return value
    path = path_of(value, here)
    if path is None:
        return value if outside and re.match(r"(https?|mailto|tel):", value) else None
    if path not in places:
        return None
    _before, mark, part = value.partition("#")
    return way(file, places[path]) + mark + part


def _without_end(found: re.Match[str]) -> str:
    """What remains of a link that leads nowhere: its words, unless it looked like a button."""
    return "" if 'class="btn' in found[1] else found[2]
