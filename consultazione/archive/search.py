"""The list of all pages, the search, and what the archive says of itself."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

from consultazione.archive.addresses import SITE, way
from consultazione.archive.pages import ASSETS, ListedPage

_HERE = f"{SITE}/elenco.html"
# What people look for, in their words, by the first part of a page's path.
_KINDS = {
    "atti": "Atti", "bilanci-partecipativi": "Bilanci partecipativi", "bisogni": "Bisogni",
    "esiti": "Esiti", "incontri": "Incontri", "interventi": "Interventi",
    "materiali": "Materiali", "memoria": "Memoria", "osservazioni": "Osservazioni",
    "percorso": "Percorso", "piano": "Piano", "programma": "Programma",
    "progetti-provinciali": "Progetti provinciali", "proposte": "Proposte",
    "sedute": "Sedute", "tavoli": "Tavoli", "verbali": "Verbali",
}  # fmt: skip
_OTHERS = "Altre pagine"
INDEX_BEGINS, INDEX_ENDS = b"window.PAGES = [\n", b"];\n"
SEARCH = """<h1>Cerca</h1>
<div class="search">
<p><label for="query">Parole da cercare</label></p>
<p><input id="query" type="search" autocomplete="off"></p>
<p id="count" role="status"></p>
<ol id="found"></ol>
</div>
<noscript><p>La ricerca usa JavaScript. Senza, c’è l’elenco di tutte le pagine.</p></noscript>
<script src="ricerca.js"></script>
<script src="cerca.js"></script>"""


def index_of(file: str, title: str, words: str) -> bytes:
    """A line of the script with the words of all pages, which the search reads."""
    row = [way(f"{SITE}/cerca.html", file), title, words]
    return f"{json.dumps(row, ensure_ascii=False)},\n".encode()


def list_of(pages: Sequence[ListedPage]) -> str:
    """The content of the page that lists all pages, by kind."""
    by_kind: dict[str, list[ListedPage]] = {}
    for page in pages:
        first = page.file.removeprefix(f"{SITE}/").partition("/")[0].removesuffix(".html")
        by_kind.setdefault(_KINDS.get(first, _OTHERS), []).append(page)
    sections = [_section(kind, by_kind[kind]) for kind in sorted(by_kind)]
    return "<h1>Tutte le pagine</h1>\n" + "\n".join(sections)


def about() -> str:
    """The content of the page that says how the archive is verified."""
    return (ASSETS / "leggimi.html").read_text(encoding="utf-8")


def _section(kind: str, pages: Sequence[ListedPage]) -> str:
    items = "\n".join(
        f'<li><a href="{way(_HERE, page.file)}">{html.escape(page.title)}</a></li>'
        for page in pages
    )
    return f"<h2>{kind}</h2>\n<ul>\n{items}\n</ul>"
