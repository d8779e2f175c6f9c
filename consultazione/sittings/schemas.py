"""Schemas that several parts of sittings share."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.sittings.models import SittingState
from consultazione.web.fields import Line, PageArgs, Whole


class SittingArgs(PageArgs):
    """Which sittings: of a table, after an id."""

    table_id = Whole(load_default=None)


class SittingOut(Schema):
    """A sitting of a table."""

    id = fields.Integer()
    table_id = fields.Integer()
    title = fields.String()
    place = fields.String()
    starts_at = fields.AwareDateTime()
    state = fields.Enum(SittingState, by_value=True)
    revision = fields.Integer()
    first_starts_at = fields.AwareDateTime(allow_none=True)
    second_of = fields.Integer(allow_none=True)
    cancelled_at = fields.AwareDateTime(allow_none=True)
    cancelled_reason = fields.String(allow_none=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    quorum = fields.Dict(allow_none=True)
    places = fields.Integer(allow_none=True)
    video_url = fields.String(allow_none=True)
    demo = fields.Boolean()


class SittingPage(Schema):
    """Sittings by id, and where the next ones are."""

    items = fields.List(fields.Nested(SittingOut))
    next = fields.String(allow_none=True)


class IdOut(Schema):
    """The id of what was made or changed."""

    id = fields.Integer()


class ReasonSchema(Schema):
    """Why something is done or undone, in one line that everybody can read."""

    reason = Line(most=300, required=True)


class PlaceSchema(Schema):
    """The hand, or the point, before which another is put; null is last."""

    before = Whole(required=True, allow_none=True)
