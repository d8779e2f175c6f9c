"""The schema of a path in a zone's file: acts with their parts, events, norms."""

from __future__ import annotations

from collections.abc import Mapping

from marshmallow import ValidationError, fields, validates_schema

from consultazione.importing.parts import Part, TimeOfDay
from consultazione.web.fields import Choice, Day, Line, Prose, Whole
from consultazione.zones.acts.models import SignatoryKind
from consultazione.zones.gatherings.models import GatheringKind
from consultazione.zones.library.models import NormType
from consultazione.zones.models import ActKind

# How far from today a day of a demonstration may lie.
_FURTHEST = 3650


class ApprovalFile(Part):
    body = Line(required=True)
    session_day = Day(required=True)
    reference = Line(load_default=None)
    demo = fields.Boolean(load_default=False)


class SignatoriesFile(Part):
    kind = Choice(SignatoryKind, required=True)
    names = fields.List(Line(), required=True)
    signed_on = Day(load_default=None)
    demo = fields.Boolean(load_default=False)


class ActFile(Part):
    id = Line(required=True)
    kind = Choice(ActKind, required=True)
    title = Line(required=True)
    number = Line(load_default=None)
    on_day = Day(required=True)
    body = Line(required=True)
    source = Line(required=True)
    url = Line(load_default=None, most=300)
    approvals = fields.List(fields.Nested(ApprovalFile), load_default=list)
    signatories = fields.List(fields.Nested(SignatoriesFile), load_default=list)
    demo = fields.Boolean(load_default=False)


class GatheringFile(Part):
    """On a day of its own, or so many days from the day on which the file is loaded."""

    kind = Choice(GatheringKind, required=True)
    title = Line(required=True)
    description = Prose(load_default="", least=0)
    on_day = Day(load_default=None)
    days_from_now = Whole(load_default=None, least=-_FURTHEST, most=_FURTHEST)
    at = TimeOfDay(required=True)
    place = Line(required=True)
    url = Line(load_default=None, most=300)
    demo = fields.Boolean(load_default=False)

    @validates_schema
    def has_one_day(self, data: Mapping[str, object], **_kwargs: object) -> None:
        """Exactly one of the two ways to say when."""
        if (data["on_day"] is None) == (data["days_from_now"] is None):
            raise ValidationError("give either on_day or days_from_now", "on_day")


class CitationFile(Part):
    norm_type = Choice(NormType, required=True)
    issuer = Line(load_default=None)
    number = Line(load_default=None, most=40)
    on_day = Day(required=True)
    title = Line(required=True)
    url = Line(load_default=None, most=300)
    cited_in = Line(load_default=None)
    demo = fields.Boolean(load_default=False)
