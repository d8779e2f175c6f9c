"""Schemas of the forms of comments, and of comments over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.comments.models import Comment, Position
from consultazione.people.models import Category
from consultazione.web.fields import Choice, Prose


class CommentSchema(Schema):
    position = Choice(Position, required=True)
    body = Prose(required=True, most=4000)


class EraseSchema(Schema):
    ground = Prose(required=True, least=10, most=2000)


class CommentOut(Schema):
    """A comment; a hidden or erased one has no text, and `hidden_reason` says why."""

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
    demo = fields.Boolean()

    def shown_body(self, comment: Comment) -> str | None:
        """The text; None if it is hidden."""
        return None if comment.hidden_at else comment.body or None
