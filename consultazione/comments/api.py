"""REST: the comments on a proposal, and one that its author changes."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.views import MethodView

from consultazione.comments.blueprint import rest
from consultazione.comments.commands.writing import (
    edit_comment,
    reply_to_comment,
    withdraw_comment,
    write_comment,
)
from consultazione.comments.models import Comment
from consultazione.comments.queries import comments, get_comment
from consultazione.comments.schemas import (
    AnchoredCommentSchema,
    ChangedComment,
    ChangedCommentSchema,
    CommentOut,
    CommentWithdrawal,
    Reply,
    ReplySchema,
    WithdrawCommentSchema,
)
from consultazione.proposals.queries import get_proposal
from consultazione.web.api import page_of, page_schema
from consultazione.web.fields import PageArgs
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import renew_snapshot, snapshot, transaction

_NO_COMMENT = "There is no such comment."


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
        body=AnchoredCommentSchema,
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


@rest.route("/comments/<int:comment_id>")
class CommentResource(MethodView):
    """One comment; its author changes it under the ETag that they have read."""

    @rest.etag
    @rest.response(200, CommentOut)
    @rest.alt_response(404, description=_NO_COMMENT)
    def get(self, comment_id: int) -> Comment:
        """A comment by its id."""
        return get_comment(snapshot(), comment_id)

    @rest.etag
    @rest.writes(
        CommentOut,
        status=200,
        body=ChangedCommentSchema,
        refusals={
            403: "No token, or somebody else's comment.",
            404: _NO_COMMENT,
            409: "Hidden or withdrawn, or the proposal is not discussed any more.",
            412: "The comment has changed since it was read under the ETag of `If-Match`.",
            428: "Name in `If-Match` the ETag under which the comment was read.",
        },
    )
    def put(self, values: ChangedComment, comment_id: int) -> Comment:
        """Change one's own comment, for a reason; the text before stays readable."""
        read = get_comment(snapshot(), comment_id)
        rest.check_etag(read, CommentOut)
        with transaction() as tx:
            edit_comment(tx, comment_id=comment_id, version=read.version, **values)
        return get_comment(renew_snapshot(), comment_id)


@rest.route("/comments/<int:comment_id>/replies")
class Replies(MethodView):
    """What is answered to a comment."""

    @rest.writes(
        CommentOut,
        body=ReplySchema,
        refusals={
            403: "No token.",
            404: _NO_COMMENT,
            409: "Hidden or withdrawn, or the proposal is not discussed any more.",
        },
    )
    def post(self, values: Reply, comment_id: int) -> Comment:
        """Answer the comment; what answers a reply stands below the same comment."""
        with transaction() as tx:
            reply = reply_to_comment(tx, comment_id=comment_id, **values)
        return get_comment(renew_snapshot(), reply.id)


@rest.route("/comments/<int:comment_id>/withdrawal")
class Withdrawal(MethodView):
    """That its author takes a comment back."""

    @rest.writes(
        CommentOut,
        status=200,
        body=WithdrawCommentSchema,
        refusals={
            403: "No token, or somebody else's comment.",
            404: _NO_COMMENT,
            409: "Withdrawn already, or erased.",
        },
    )
    def put(self, values: CommentWithdrawal, comment_id: int) -> Comment:
        """Withdraw one's own comment, for a reason that stands in its place."""
        with transaction() as tx:
            withdraw_comment(tx, comment_id=comment_id, **values)
        return get_comment(renew_snapshot(), comment_id)
