"""Schemas of the forms in which the office enters what came on paper."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.comments.models import Position
from consultazione.web.fields import Choice, Day, Line, Prose


class PaperSchema(Schema):
    """Where a text comes from."""

    named_as = Line(required=True, least=2, most=60)
    received_on = Day(required=True)
    received_at = Line(required=True, least=3, most=120)


class PaperProposalSchema(PaperSchema):
    """A proposal as it stands on the paper."""

    title = Line(required=True, least=5, most=140)
    need = Prose(least=0, most=4000, load_default="")
    body = Prose(required=True, least=20)
    effect = Prose(least=0, most=4000, load_default="")


class PaperCommentSchema(PaperSchema):
    """A comment as it stands on the paper."""

    position = Choice(Position, required=True)
    body = Prose(required=True, most=4000)
