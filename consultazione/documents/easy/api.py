"""REST: easy-to-read summaries."""

from __future__ import annotations

from typing import TypedDict

from flask import url_for
from flask.views import MethodView

from consultazione.documents.blueprint import rest
from consultazione.documents.easy.commands import write_easy_summary
from consultazione.documents.easy.queries import (
    Explained,
    explained,
    get_explained,
    summaries_after,
)
from consultazione.documents.easy.schemas import EasySummaryOut, NewEasySummarySchema
from consultazione.documents.easy.subjects import subject_of
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_zone
from consultazione.web.fields import PageArgs
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import renew_snapshot, snapshot, transaction


class _Given(TypedDict):
    """What `NewEasySummarySchema` reads."""

    subject: str
    object_id: int
    body: str
    digest: str
    version: int


_REFUSALS = {
    403: "Not for this person.",
    404: "There is no such document that everybody can read.",
    409: "The document or the summary has changed meanwhile.",
}


@rest.route("/easy-summaries")
class EasySummaries(MethodView):
    """The documents of a zone in easy language."""

    @rest.arguments(PageArgs, location="query")
    @rest.response(200, page_schema(EasySummaryOut))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: Paging) -> Page:
        """Summaries in the order in which they were first written."""
        after, limit = args["after"], args["limit"]
        rows = summaries_after(snapshot(), current_zone().id, after=after, limit=limit + 1)
        page = page_of(rows, limit, url_for("documents_api.EasySummaries"))
        return {**page, "items": list(explained(snapshot(), page["items"]))}

    @rest.writes(EasySummaryOut, refusals=_REFUSALS, body=NewEasySummarySchema, status=200)
    def put(self, values: _Given) -> Explained:
        """Write the summary of a document, or write it anew."""
        with transaction() as tx:
            write_easy_summary(tx, **values)
        subject = subject_of(values["subject"])
        return get_explained(renew_snapshot(), subject, values["object_id"])
