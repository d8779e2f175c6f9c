"""Schemas of digests over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.comments.digests.models import Group


class QuotedOut(Schema):
    """A sentence of a comment, as its author wrote it."""

    group = fields.Enum(Group, by_value=True)
    comment_id = fields.Integer(attribute="comment.id")
    body = fields.String()
    near = fields.Integer(metadata={"description": "How many other comments say alike."})


class DigestOut(Schema):
    """Sentences that a program chose from the comments; none of them is anybody's summary."""

    made_at = fields.AwareDateTime()
    comments = fields.Integer(metadata={"description": "Of how many comments it was made."})
    sentences = fields.List(fields.Nested(QuotedOut))
