"""Schemas that convene and suspend a sitting."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validate

from consultazione.core.incoming.web_address import LONGEST
from consultazione.sittings.agenda.points import NewPoint, with_proposals
from consultazione.sittings.agenda.schemas import LONGEST_TITLE, PointSchema
from consultazione.sittings.quorums.schemas import QuorumFields, QuorumSchema
from consultazione.sittings.schemas import ReasonSchema
from consultazione.web.fields import AwareMoment, Line, Prose, RomeMoment, Whole


class Lines(Prose):
    """A text, loaded as its non-empty lines; each must be short enough for a title."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if any(len(line) > LONGEST_TITLE for line in lines):
            too_long = _("Shorten each line to %(most)s characters at most.", most=LONGEST_TITLE)
            raise ValidationError(str(too_long))
        return lines


class ConveneForm(QuorumFields):
    """A sitting as the page asks for it: one point a line, proposals to discuss, its quorum."""

    title = Line(required=True, most=LONGEST_TITLE)
    place = Line(required=True)
    starts_at = RomeMoment(required=True)
    agenda = Lines(required=True)
    video_url = Line(load_default="", least=0, most=LONGEST)
    proposals = fields.List(Whole(), load_default=list)

    @post_load
    def _points(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        points = with_proposals(data.pop("agenda"), data.pop("proposals"))
        return {**data, "points": points}


class SittingSchema(Schema):
    """A sitting as programs convene it."""

    title = Line(required=True, most=LONGEST_TITLE)
    place = Line(required=True)
    starts_at = AwareMoment(required=True)
    video_url = Line(load_default="", least=0, most=LONGEST)
    points = fields.List(
        fields.Nested(PointSchema), required=True, validate=validate.Length(min=1, max=100)
    )
    quorum = fields.Nested(QuorumSchema, load_default=None, allow_none=True)

    @post_load
    def _points(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return {**data, "points": [NewPoint(**point) for point in data["points"]]}


class SuspensionSchema(ReasonSchema):
    """Why a sitting is suspended."""
