"""REST: the register of documents."""

from __future__ import annotations

from flask import url_for
from flask.views import MethodView

from consultazione.documents.blueprint import rest
from consultazione.documents.queries import Asked, listed, registrations_after
from consultazione.documents.schemas import RegisterArgs, RegisteredDocumentOut
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_zone
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import snapshot


class _Args(Paging):
    """What `RegisterArgs` reads."""

    kind: str
    year: int | None


@rest.route("/documents")
class Documents(MethodView):
    """The zone's register of documents."""

    @rest.arguments(RegisterArgs, location="query")
    @rest.response(200, page_schema(RegisteredDocumentOut))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: _Args) -> Page:
        """Numbered documents in the order in which they were registered."""
        after, limit = args["after"], args["limit"]
        asked = Asked(args["kind"], args["year"])
        rows = registrations_after(
            snapshot(), current_zone().id, asked, after=after, limit=limit + 1
        )
        page = page_of(
            rows, limit, url_for("documents_api.Documents"), kind=asked.kind or None,
            year=asked.year,
        )  # fmt: skip
        return {**page, "items": listed(snapshot(), page["items"])}
