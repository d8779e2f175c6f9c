"""Schemas that convene, change, begin, suspend and close a sitting."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validate

from consultazione.core.incoming.web_address import LONGEST
from consultazione.sittings.agenda.points import (
    NewPoint,
    is_any_other_business,
    with_proposals,
)
from consultazione.sittings.agenda.schemas import LONGEST_POINT, LONGEST_TITLE, PointSchema
from consultazione.sittings.places.schemas import Places
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.sittings.quorums.schemas import QuorumFields, QuorumSchema
from consultazione.sittings.schemas import ReasonSchema
from consultazione.web.fields import AwareMoment, Line, Prose, RomeMoment, Whole

_BESIDE = validate.Regexp(r"[0-9]{1,4}:[0-9]{1,15}\Z", error=_("Choose a document of this table."))


class Lines(Prose):
    """A text, loaded as its non-empty lines; each must be short enough for a title."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if any(len(line) > LONGEST_TITLE for line in lines):
            too_long = _("Shorten each line to %(most)s characters at most.", most=LONGEST_TITLE)
            raise ValidationError(str(too_long))
        return lines


class WhenAndWhere(QuorumFields):
    """What a convocation says beside the agenda; start_confirmed: an unlikely start is meant."""

    title = Line(required=True, most=LONGEST_TITLE)
    place = Line(required=True)
    starts_at = RomeMoment(required=True)
    places = Places()
    start_confirmed = fields.Boolean(load_default=False, truthy={"yes"}, falsy={""})


class ConveneForm(WhenAndWhere):
    """A sitting as the page asks for it: its points in rows or pasted, proposals, its quorum.

    The rows are two lists, side by side: titles and minutes; rows without a title are left out.
    papers: the place of a row and the id of a document beside it, as 0:12. agenda: more points,
    one a line, after those of the rows but before any other business.
    """

    point_title = fields.List(Line(least=0, most=LONGEST_TITLE), load_default=list)
    point_minutes = fields.List(Whole(allow_none=True, most=LONGEST_POINT), load_default=list)
    papers = fields.List(Line(most=30, validate=[_BESIDE]), load_default=list)
    agenda = Lines(load_default=list, least=0)
    video_url = Line(load_default="", least=0, most=LONGEST)
    proposals = fields.List(Whole(), load_default=list)

    @post_load
    def _points(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        papers = [tuple(map(int, beside.split(":"))) for beside in data.pop("papers")]
        rows = zip_longest(data.pop("point_title"), data.pop("point_minutes"))
        points = [
            NewPoint(title, minutes, material_ids=tuple(m for row, m in papers if row == place))
            for place, (title, minutes) in enumerate(rows)
            if title
        ]
        pasted = [NewPoint(title) for title in data.pop("agenda")]
        ends = bool(points) and is_any_other_business(points[-1].title)
        last = [points.pop()] if ends else []
        points = with_proposals([*points, *pasted, *last], data.pop("proposals"))
        return {**data, "points": points}


class CorrectForm(WhenAndWhere, ReasonSchema):
    """What a convocation is corrected to, why, and which revision was read."""

    revision = Whole(required=True, least=0)


class PostponeForm(ReasonSchema):
    """To when and where a sitting is postponed, why, and which revision was read."""

    place = Line(required=True)
    starts_at = RomeMoment(required=True)
    start_confirmed = fields.Boolean(load_default=False, truthy={"yes"}, falsy={""})
    revision = Whole(required=True, least=0)


class SittingSchema(Schema):
    """A sitting as programs convene it."""

    title = Line(required=True, most=LONGEST_TITLE)
    place = Line(required=True)
    starts_at = AwareMoment(required=True)
    start_confirmed = fields.Boolean(load_default=False)
    second_of = Whole(load_default=None, allow_none=True)
    places = Places()
    video_url = Line(load_default="", least=0, most=LONGEST)
    points = fields.List(
        fields.Nested(PointSchema), required=True, validate=validate.Length(min=1, max=100)
    )
    quorum = fields.Nested(QuorumSchema, load_default=None, allow_none=True)

    @post_load
    def _points(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return {**data, "points": [NewPoint(**point) for point in data["points"]]}


class CorrectSchema(ReasonSchema):
    """What a convocation is corrected to, as programs say it."""

    revision = Whole(required=True, least=0)
    title = Line(required=True, most=LONGEST_TITLE)
    place = Line(required=True)
    starts_at = AwareMoment(required=True)
    start_confirmed = fields.Boolean(load_default=False)
    places = Places()
    quorum = fields.Nested(QuorumSchema, load_default=QuorumTerms)


class PostponeSchema(ReasonSchema):
    """To when and where a sitting is postponed, as programs say it."""

    revision = Whole(required=True, least=0)
    place = Line(required=True)
    starts_at = AwareMoment(required=True)
    start_confirmed = fields.Boolean(load_default=False)


class CancelSchema(ReasonSchema):
    """Why a sitting is not held."""


class BeginningSchema(Schema):
    """Why a sitting begins before its day, where it does."""

    early_reason = Line(load_default="", least=0, most=300)


class ClosingSchema(Schema):
    """What becomes of an open poll, and which points are left to a later sitting."""

    count_poll = fields.Boolean(load_default=False)
    postponed = fields.List(Whole(), load_default=list, validate=validate.Length(max=200))


class SecretarySchema(Schema):
    """Who writes the minutes; null is nobody."""

    person_id = Whole(load_default=None, allow_none=True)


class SuspensionSchema(ReasonSchema):
    """Why a sitting is suspended."""
