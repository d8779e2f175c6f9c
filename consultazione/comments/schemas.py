"""Schemas of the forms of comments, and of comments over REST."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import Schema, fields

from consultazione.comments.models import Comment, Position
from consultazione.people.models import Category
from consultazione.web.fields import Choice, Line, Prose, Whole


class CommentSchema(Schema):
    position = Choice(Position, required=True)
    body = Prose(required=True, most=4000)


class ChangedCommentSchema(CommentSchema):
    """What a comment says from now on, and why it was changed."""

    reason = Line(required=True, least=3, most=500)


class ChangedComment(TypedDict):
    """What `ChangedCommentSchema` reads."""

    position: Position
    body: str
    reason: str


class EditCommentSchema(ChangedCommentSchema):
    """The same from a form, which knows the version that was read."""

    version = Whole(required=True)


class WithdrawCommentSchema(Schema):
    """Why an author takes a comment back; everybody reads it."""

    reason = Line(required=True, least=3, most=500)


class CommentWithdrawal(TypedDict):
    """What `WithdrawCommentSchema` reads."""

    reason: str


class EraseSchema(Schema):
    ground = Prose(required=True, least=10, most=2000)


class CommentOut(Schema):
    """A comment; a hidden, erased or withdrawn one has no text, and a reason says why."""

    id = fields.Integer()
    proposal_id = fields.Integer()
    author = fields.String(attribute="author.display_name")
    organisation = fields.String(attribute="mandate.organisation.name")
    category = fields.Enum(Category, by_value=True)
    position = fields.Enum(Position, by_value=True)
    body = fields.Method("shown_body", allow_none=True)
    at = fields.AwareDateTime()
    hidden_at = fields.AwareDateTime(allow_none=True)
    hidden_reason = fields.String(allow_none=True)
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String(allow_none=True)
    version = fields.Integer()
    demo = fields.Boolean()

    def shown_body(self, comment: Comment) -> str | None:
        """The text; None if nobody may read it."""
        return comment.body if comment.is_shown else None
