"""REST: the comments on a proposal."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.views import MethodView

from consultazione.comments.blueprint import rest
from consultazione.comments.commands import write_comment
from consultazione.comments.models import Comment
from consultazione.comments.queries import comments, get_comment
from consultazione.comments.schemas import CommentOut, CommentSchema
from consultazione.proposals.queries import get_proposal
from consultazione.web.api import page_of, page_schema
from consultazione.web.fields import PageArgs
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import renew_snapshot, snapshot, transaction


@rest.route("/proposals/<int:proposal_id>/comments")
class Comments(MethodView):
    """The comments on a proposal."""

    @rest.arguments(PageArgs, location="query")
    @rest.response(200, page_schema(CommentOut))
    @rest.reads_much
    @rest.alt_response(404, description="There is no such proposal.")
    def get(self, args: Paging, proposal_id: int) -> Page:
        """The comments, the oldest first; of a hidden one the reason, not the text."""
        proposal = get_proposal(snapshot(), proposal_id)
        limit = args["limit"]
        rows = comments(snapshot(), proposal.id, after=args["after"], limit=limit + 1)
        url = url_for("comments_api.Comments", proposal_id=proposal.id)
        return page_of(rows, limit, url)

    @rest.writes(
        CommentOut,
        body=CommentSchema,
        refusals={
            403: "No token.",
            404: "There is no such proposal.",
            409: "Not under discussion any more, or of a past cycle.",
        },
    )
    def post(self, values: dict[str, Any], proposal_id: int) -> Comment:
        """Comment on the proposal, in favour, against or neither."""
        with transaction() as tx:
            comment = write_comment(tx, proposal_id=proposal_id, **values)
        return get_comment(renew_snapshot(), comment.id)
