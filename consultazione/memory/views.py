"""Pages on past cycles: the archive with its search, a past cycle, two cycles compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.errors import NotFound
from consultazione.memory.blueprint import pages
from consultazione.memory.comparing import compare
from consultazione.memory.events import memory_stream
from consultazione.memory.labels import (
    DOCUMENT_KINDS,
    FULFILMENT_TONES,
    FULFILMENTS,
    LINK_KINDS,
    LINK_TONES,
    LINK_TOTALS,
    TEXT_STATES,
)
from consultazione.memory.promises import (
    CONCLUSIONS_A_PAGE,
    promised_conclusions,
    promised_priorities,
    tally,
)
from consultazione.memory.queries import (
    PAGES_AT_ONCE,
    cycle_of_years,
    documents,
    documents_of,
    get_document,
    is_over,
    pages_after,
)
from consultazione.memory.search import find_documents, find_passages
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.files import stored as files
from consultazione.web.paging import paged
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much
from consultazione.web.url_converters import asked_id, asked_place, asked_words
from consultazione.zones.labels import ACT_KINDS
from consultazione.zones.queries import cycles

_PASSAGES_A_PAGE = 20
_MOST_WORDS = 200


@pages.get(f"{IN_CYCLE}/memoria")
@reads_much("q")
def index() -> str:
    """The zone's cycles and the documents of past years; with `q`, where its words stand."""
    zone, session = current_zone(), snapshot()
    words = asked_words("q", _MOST_WORDS)
    found = _found(session, zone.id, words) if words else {}
    kept = documents(session, zone.id)
    return render_template(
        "memory/index.html",
        cycles=cycles(session, zone.id),
        kept=kept,
        words=words,
        **found,
        **common(),
    )


@pages.get(f"{IN_CYCLE}/memoria/<years>")
@reads_much("dopo")
def cycle_page(years: str) -> str:
    """A cycle looked back on: what it promised, what became of it, its documents."""
    session, zone = snapshot(), current_zone()
    past = cycle_of_years(session, zone.id, years)
    after = asked_id("dopo") or 0
    found = promised_conclusions(session, past.id, after=after, limit=CONCLUSIONS_A_PAGE + 1)
    conclusions, last = paged(found, CONCLUSIONS_A_PAGE)
    return render_template(
        "memory/cycle.html",
        past=past,
        priorities=promised_priorities(session, past.id),
        conclusions=conclusions,
        next_url=url_for("memory.cycle_page", years=years, dopo=last.id) if last else None,
        tally=tally(session, past.id),
        is_over=is_over(past, clock.today()),
        kept=documents_of(documents(session, zone.id), past),
        cycles=cycles(session, zone.id),
        **common(),
    )


@pages.get(f"{IN_CYCLE}/confronto/<years>")
@reads_much()
def comparison(years: str) -> str:
    """The page's cycle beside another of the zone."""
    session, zone = snapshot(), current_zone()
    other = cycle_of_years(session, zone.id, years)
    own = cycle_of_years(session, zone.id, current_cycle().years)
    if other.id == own.id:
        raise NotFound(_("Choose another cycle to compare this one with."))
    found = compare(session, own, other)
    return render_template(
        "memory/comparison.html",
        found=found,
        other=other,
        act_kinds=ACT_KINDS,
        link_totals=LINK_TOTALS,
        **common(),
    )


@pages.get("/archivio/<int:archive_document_id>")
@reads_much()
def document(archive_document_id: int) -> str:
    """A document of the archive: what is known of it, its file and its text."""
    row = get_document(snapshot(), archive_document_id)
    after = asked_place("dopo") or 0
    found = pages_after(snapshot(), row.id, after=after, limit=PAGES_AT_ONCE + 1)
    texts, last = paged(found, PAGES_AT_ONCE)
    return render_template(
        "memory/document.html",
        document=row,
        texts=texts,
        next_url=url_for(
            "memory.document", archive_document_id=row.id, dopo=last.number, _anchor="testo"
        )
        if last
        else None,
        **common(),
    )


@pages.get("/archivio/<int:archive_document_id>/<file_name>")
def file(archive_document_id: int, file_name: str) -> Response:
    """The bytes of a document's file, to anybody; inline only if its type cannot run scripts."""
    row = get_document(snapshot(), archive_document_id)
    if row.sha256 is None or row.media_type is None or row.file_name is None:
        raise NotFound(_("There is no such document."))
    return files.sent(_Kept(row.file_name, row.media_type, row.sha256), file_name)


class _Kept(NamedTuple):
    """The file of a document that has one."""

    file_name: str
    media_type: str
    sha256: str


def common() -> Mapping[str, object]:
    """What every page of the memory needs: names of kinds, and the stream that it follows."""
    stream = memory_stream(current_zone().id)
    return {
        "document_kinds": DOCUMENT_KINDS,
        "text_states": TEXT_STATES,
        "link_kinds": LINK_KINDS,
        "link_tones": LINK_TONES,
        "fulfilments": FULFILMENTS,
        "fulfilment_tones": FULFILMENT_TONES,
        "stream": stream,
        "head": log.head(snapshot(), stream),
    }


def _found(session: Session, zone_id: int, words: str) -> Mapping[str, object]:
    """The documents and the passages with these words, and where the next ones are."""
    after = asked_id("documento") or 0, asked_place("pagina") or 0
    passages = find_passages(session, zone_id, words, after=after, limit=_PASSAGES_A_PAGE + 1)
    shown, last = paged(passages, _PASSAGES_A_PAGE)
    following: dict[str, Any] = (
        {"q": words, "documento": last.document.id, "pagina": last.page} if last else {}
    )
    return {
        "titles": find_documents(session, zone_id, words) if after == (0, 0) else [],
        "passages": shown,
        "next_url": url_for("memory.index", **following) if last else None,
    }
