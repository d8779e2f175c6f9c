"""Where an address of the site stands in an archive, and the way from one place to another."""

from __future__ import annotations

import posixpath
import re
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

SITE = "data/sito"
PAPERS = "data/documenti"
# What of a cycle is no page to keep: rooms and forms of who takes part, what changes by the minute,
# copies of data, and what the archive has in another form.
_LEFT_OUT = re.compile(
    r"/(stanza|testo|testo/novita|schermo|chat|banco|com-era-prima|registro|opinioni|senza-risposta"
    r"|in-attesa-di-risposta|segnala|archivio|deleghe|fascicolo|calendario|dati|dati/.*|modifica"
    r"|nuov[aoi])$"
    r"|^/osservazioni/\d+$|/(amministrazione|impostazioni)(/|$)|\.(ics|odt|xml|yaml)$"
)
# The words of a query that lead from page to page of a list; any other sorts or searches.
_PAGING = {"dopo", "prima", "documento"}


def path_of(address: str, here: str = "/") -> str | None:
    """The path of a link, with its query if it turns pages; None if it leads out of the site.

    here: the path of the page with the link.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.normpath(posixpath.join(here, parts.path)) if parts.path else here
    if parts.path.endswith("/") and path != "/":
        path += "/"
    query = parse_qsl(parts.query)
    if not query:
        return path
    if any(name not in _PAGING for name, _value in query):
        return None
    return f"{path}?{parts.query}"


def is_kept(path: str) -> bool:
    """True if an archive has a place for what stands at a path of its cycle."""
    return _LEFT_OUT.search(path.partition("?")[0]) is None


def page_at(path: str, base: str) -> str:
    """The file of the page at a path. base: how the addresses of the cycle's lists begin."""
    path, _mark, query = path.partition("?")
    name = path.removeprefix(base).strip("/") or "index"
    turned = f"-{sha256(query.encode()).hexdigest()[:12]}" if query else ""
    return f"{SITE}/{name}{turned}.html"


def paper_at(path: str, base: str) -> str:
    """The file of the document at a path."""
    return f"{PAPERS}/{path.removeprefix(base).strip('/')}"


def way(here: str, there: str) -> str:
    """The relative link from a file of the archive to another."""
    return posixpath.relpath(there, posixpath.dirname(here))
