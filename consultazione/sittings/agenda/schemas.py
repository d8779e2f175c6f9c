"""Schemas of the points of an agenda and their materials."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.sittings.schemas import ReasonSchema
from consultazione.web.fields import Line, Whole


class PaperSchema(Schema):
    """A material of the table."""

    material_id = Whole(required=True)


class BesideSchema(PaperSchema):
    """A material, and the point beside which it is put."""

    point_id = Whole(required=True)


LONGEST_TITLE = 200
LONGEST_POINT = 600  # minutes


class CorrectPointSchema(ReasonSchema):
    """What a point is corrected to, why, and how often what was read had been corrected."""

    title = Line(load_default="", least=0, most=LONGEST_TITLE)
    minutes_planned = Whole(load_default=None, allow_none=True, most=LONGEST_POINT)
    version = Whole(load_default=None, allow_none=True, least=0)


class RemovePointSchema(ReasonSchema):
    """Why a point is taken off an agenda."""


class PointSchema(Schema):
    """A point to put on an agenda; without a title it takes that of its proposal."""

    title = Line(load_default="", least=0, most=LONGEST_TITLE)
    minutes_planned = Whole(load_default=None, allow_none=True, most=LONGEST_POINT)
    proposal_id = Whole(load_default=None, allow_none=True)
