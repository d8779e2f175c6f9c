"""REST: approved minutes, with their document and their PDF."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, url_for
from flask.views import MethodView

from consultazione.minutes.blueprint import rest
from consultazione.minutes.document import document_of
from consultazione.minutes.file_views import pdf_response
from consultazione.minutes.queries import minutes_after, readable_minutes
from consultazione.minutes.schemas import MinutesOut, MinutesPage, WholeMinutesOut
from consultazione.minutes.signing.signers import signers_of
from consultazione.web.api import page_of
from consultazione.web.current_zone import current_cycle
from consultazione.web.fields import PageArgs
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import actor, snapshot

_NOT_THERE = "No such minutes, or not approved yet."


@rest.route("/minutes")
class MinutesList(MethodView):
    """The cycle's approved minutes."""

    @rest.arguments(PageArgs, location="query")
    @rest.response(200, MinutesPage)
    @rest.takes_place
    def get(self, args: Paging) -> Page:
        """Approved minutes in the order of their numbers."""
        after, limit = args["after"], args["limit"]
        rows = minutes_after(snapshot(), current_cycle().id, after=after, limit=limit + 1)
        return page_of(rows, limit, url_for("minutes_api.MinutesList"))


@rest.route("/minutes/<int:minutes_id>")
class MinutesResource(MethodView):
    """Minutes of one sitting."""

    @rest.response(200, WholeMinutesOut)
    @rest.alt_response(404, description=_NOT_THERE)
    def get(self, minutes_id: int) -> Mapping[str, object]:
        """The minutes with their document; a draft only for those who have a part in it."""
        minutes = readable_minutes(snapshot(), minutes_id, actor())
        fields = {name: getattr(minutes, name) for name in MinutesOut().fields}
        signers = signers_of(snapshot(), minutes)
        return {**fields, "document": document_of(minutes), "signers": signers}


@rest.route("/minutes/<int:minutes_id>/pdf")
class MinutesPdfResource(MethodView):
    """The PDF of minutes."""

    @rest.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
    @rest.alt_response(404, description=_NOT_THERE)
    def get(self, minutes_id: int) -> Response:
        """The sealed PDF; that of a draft only for those who may edit it."""
        return pdf_response(snapshot(), minutes_id, actor())
