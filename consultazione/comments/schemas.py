"""Schemas of the forms of comments, and of comments over REST."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TypedDict

from marshmallow import Schema, fields, post_load

from consultazione.comments.anchors import Anchor
from consultazione.comments.models import Comment, Position
from consultazione.people.models import Category
from consultazione.proposals.amendments.models import Part
from consultazione.web.fields import Choice, Line, Prose, Whole


class CommentSchema(Schema):
    position = Choice(Position, required=True)
    body = Prose(required=True, most=4000)


class NewCommentSchema(CommentSchema):
    """voice: the number of a mandate, 0 for one's own name, none for the usual one."""

    voice = Whole(load_default=None, allow_none=True, least=0)


class AnchoredCommentSchema(NewCommentSchema):
    """A comment, and the paragraph that it speaks of if it speaks of one."""

    part = Choice(Part, load_default=None)
    paragraph = Whole(load_default=None)
    text_version = Whole(load_default=None)

    @post_load
    def put_together(
        self, data: MutableMapping[str, object], **_kwargs: object
    ) -> Mapping[str, object]:
        """The three that name a paragraph as one; half of them is none."""
        part, paragraph, version = (data.pop(n) for n in ("part", "paragraph", "text_version"))
        if isinstance(part, Part) and isinstance(paragraph, int) and isinstance(version, int):
            return {**data, "anchor": Anchor(part, paragraph, version)}
        return data


class ReplySchema(Schema):
    """What somebody answers to a comment."""

    body = Prose(required=True, most=4000)


class Reply(TypedDict):
    """What `ReplySchema` reads."""

    body: str


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
    author = fields.String(attribute="author.shown_name")
    organisation = fields.String(attribute="mandate.organisation.name")
    category = fields.Enum(Category, by_value=True)
    position = fields.Enum(Position, by_value=True)
    parent_id = fields.Integer(allow_none=True)
    part = fields.Enum(Part, by_value=True, allow_none=True)
    paragraph = fields.Integer(allow_none=True)
    text_version = fields.Integer(allow_none=True)
    body = fields.Method("shown_body", allow_none=True)
    at = fields.AwareDateTime()
    hidden_at = fields.AwareDateTime(allow_none=True)
    hidden_reason = fields.String(allow_none=True)
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String(allow_none=True)
    version = fields.Integer()
    by_mail = fields.Boolean()
    demo = fields.Boolean()

    def shown_body(self, comment: Comment) -> str | None:
        """The text; None if nobody may read it."""
        return comment.body if comment.is_shown else None
