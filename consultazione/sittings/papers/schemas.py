"""The shapes of what is sent about the materials of points."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.web.fields import Whole


class PaperSchema(Schema):
    """A material of the table."""

    material_id = Whole(required=True)


class BesideSchema(PaperSchema):
    """A material, and the point beside which it is put."""

    point_id = Whole(required=True)
