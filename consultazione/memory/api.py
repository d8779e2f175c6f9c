"""REST: the archive with its search and its texts, two cycles compared, and promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from flask import url_for
from flask.views import MethodView

from consultazione.memory.blueprint import rest
from consultazione.memory.models import ArchiveDocument, PriorityLink
from consultazione.memory.promises import Promise, promised_conclusions, promised_priorities
from consultazione.memory.queries import (
    cycle_of_years,
    documents,
    get_document,
    links_between,
    pages_after,
)
from consultazione.memory.schemas import (
    ArchiveDocumentOut,
    LinkOut,
    PromiseOut,
    SearchArgs,
    TextArgs,
    TextPageOut,
)
from consultazione.memory.search import documents_with
from consultazione.web.api import page_schema
from consultazione.web.current_zone import current_cycle, current_zone
from consultazione.web.paging import Page, Paging, paged
from consultazione.web.request_db import snapshot

_MOST_CONCLUSIONS = 1000


class _Search(TypedDict):
    """Which documents: those with all the words; all of them for an empty text."""

    words: str


@rest.route("/archive")
class Archive(MethodView):
    """The documents of past years of the zone."""

    @rest.arguments(SearchArgs, location="query")
    @rest.response(200, ArchiveDocumentOut(many=True))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: _Search) -> list[ArchiveDocument]:
        """The documents, the latest years first; with `words`, those in which all of them stand."""
        zone_id, words = current_zone().id, args["words"]
        session = snapshot()
        return documents_with(session, zone_id, words) if words else documents(session, zone_id)


@rest.route("/archive/<int:archive_document_id>")
class ArchiveResource(MethodView):
    """A document of past years."""

    @rest.response(200, ArchiveDocumentOut)
    @rest.alt_response(404, description="There is no such document.")
    def get(self, archive_document_id: int) -> ArchiveDocument:
        """What is known of a document, and where its file is."""
        return get_document(snapshot(), archive_document_id)


@rest.route("/archive/<int:archive_document_id>/text")
class ArchiveText(MethodView):
    """The text of a document's file."""

    @rest.arguments(TextArgs, location="query")
    @rest.response(200, page_schema(TextPageOut))
    @rest.alt_response(404, description="There is no such document.")
    @rest.reads_much
    def get(self, args: Paging, archive_document_id: int) -> Page:
        """The pages that have text, by number; parts about as long for what has no pages."""
        row, limit = get_document(snapshot(), archive_document_id), args["limit"]
        found = pages_after(snapshot(), row.id, after=args["after"], limit=limit + 1)
        shown, last = paged(found, limit)
        if last is None:
            return {"items": shown, "next": None}
        here = "memory_api.ArchiveText"
        return {
            "items": shown,
            "next": url_for(here, archive_document_id=row.id, after=last.number, limit=limit),
        }


@rest.route("/priorities/since/<years>")
class PrioritiesSince(MethodView):
    """The cycle's priorities and those of an earlier one."""

    @rest.response(200, LinkOut(many=True))
    @rest.takes_place
    def get(self, years: str) -> Sequence[PriorityLink]:
        """What became of each priority: continued, changed, dropped, new."""
        session = snapshot()
        earlier = cycle_of_years(session, current_zone().id, years)
        return links_between(session, current_cycle().id, earlier.id)


@rest.route("/promises/<years>")
class Promises(MethodView):
    """What a cycle had promised."""

    @rest.response(200, PromiseOut(many=True))
    @rest.reads_much
    @rest.takes_place
    def get(self, years: str) -> list[Promise]:
        """Priorities, then conclusions of closed outcomes, with what became of them."""
        session = snapshot()
        cycle = cycle_of_years(session, current_zone().id, years)
        conclusions = promised_conclusions(session, cycle.id, limit=_MOST_CONCLUSIONS)
        return [*promised_priorities(session, cycle.id), *conclusions]
