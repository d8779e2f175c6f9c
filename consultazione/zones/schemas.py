"""Schemas of the forms about the path, and of the zone over REST."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.core.incoming.web_address import LONGEST
from consultazione.web.fields import Choice, Day, Line, Prose, RomeMoment, Whole
from consultazione.zones.acts.models import SignatoryKind
from consultazione.zones.feedback.models import Useful
from consultazione.zones.gatherings.models import GatheringKind
from consultazione.zones.library.models import NormType
from consultazione.zones.models import ActKind, BodyKind, PhaseKind, Sector, ZoneKind


class ActSchema(Schema):
    kind = Choice(ActKind, required=True)
    title = Line(required=True)
    number = Line(least=0, load_default=None)
    on_day = Day(required=True)
    body = Line(required=True)
    source = Line(required=True)
    url = Line(least=0, most=LONGEST, load_default=None)


class CorrectActSchema(ActSchema):
    version = Whole(required=True)
    reason = Prose(required=True, least=10, most=2000)


class ApprovalSchema(Schema):
    body = Line(required=True)
    session_day = Day(required=True)
    reference = Line(least=0, load_default=None)
    deciding_act_id = Whole(load_default=None, allow_none=True)


class SignatoriesSchema(Schema):
    kind = Choice(SignatoryKind, required=True)
    names = Prose(required=True, most=100_000)


class SignaturesSchema(Schema):
    signatory_ids = fields.List(Whole(), required=True)
    signed_on = Day(required=True)


class DocumentSchema(Schema):
    title = Line(required=True)


class GatheringSchema(Schema):
    kind = Choice(GatheringKind, required=True)
    title = Line(required=True)
    description = Prose(least=0, load_default="")
    starts_at = RomeMoment(required=True)
    ends_at = RomeMoment(load_default=None, allow_none=True)
    place = Line(required=True)
    url = Line(least=0, most=LONGEST, load_default=None)


class ReviseGatheringSchema(GatheringSchema):
    revision = Whole(required=True, least=0)


class CitationSchema(Schema):
    norm_type = Choice(NormType, required=True)
    issuer = Line(least=0, load_default=None)
    number = Line(least=0, most=40, load_default=None)
    on_day = Day(required=True)
    title = Line(required=True)
    url = Line(least=0, most=LONGEST, load_default=None)
    cited_in = Line(least=0, load_default=None)


class FeedbackSchema(Schema):
    path = Line(required=True)
    useful = Choice(Useful, required=True)
    words = Prose(least=0, most=1000, load_default="")


class DeadlineSchema(Schema):
    due_on = Day(load_default=None, allow_none=True)


class OpenPhaseSchema(Schema):
    starts_on = Day(required=True)
    act_id = Whole(load_default=None, allow_none=True)


class ClosePhaseSchema(Schema):
    act_id = Whole(required=True)
    closed_on = Day(required=True)


class ReopenPhaseSchema(Schema):
    act_id = Whole(required=True)
    reason = Prose(required=True, least=10, most=2000)


class SuspendPhaseSchema(ReopenPhaseSchema):
    until = Day(required=True)


class CorrectPhaseSchema(Schema):
    version = Whole(required=True)
    title = Line(required=True)
    description = Prose(least=0, most=2000, load_default="")
    # A day that was not sent stays as it is: the phase may have begun since the form was drawn.
    starts_on = Day(allow_none=True)
    closed_on = Day(allow_none=True)
    reason = Prose(required=True, least=10, most=2000)


class BodyOut(Schema):
    """A body that defines the plan."""

    name = fields.String()
    kind = fields.Enum(BodyKind, by_value=True)
    sector = fields.Enum(Sector, by_value=True)


class RequiredChapterOut(Schema):
    """A chapter that the plan must have."""

    id = fields.Integer()
    number = fields.Integer()
    title = fields.String()
    mandatory = fields.Boolean()


class PriorityOut(Schema):
    """A priority or a need that the cycle addresses; found_on: the day of its source."""

    id = fields.Integer()
    found_on = fields.Date(allow_none=True)
    title = fields.String()
    is_need = fields.Boolean()
    source = fields.String()


class ActOut(Schema):
    """A formal act."""

    id = fields.Integer()
    kind = fields.Enum(ActKind, by_value=True)
    title = fields.String()
    number = fields.String(allow_none=True)
    on_day = fields.Date()
    body = fields.String()
    source = fields.String()
    url = fields.String(allow_none=True)
    version = fields.Integer()
    demo = fields.Boolean()


class ApprovalOut(Schema):
    """A step by which an act was approved."""

    body = fields.String()
    session_day = fields.Date()
    reference = fields.String(allow_none=True)
    deciding_act_id = fields.Integer(allow_none=True)
    demo = fields.Boolean()


class SignatoryOut(Schema):
    """A body that signs an agreement; `signed_on` is empty until it has."""

    name = fields.String()
    kind = fields.Enum(SignatoryKind, by_value=True)
    signed_on = fields.Date(allow_none=True)
    demo = fields.Boolean()


class DocumentOut(Schema):
    """An attached document that was not withdrawn."""

    id = fields.Integer()
    title = fields.String()
    file_name = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    uploaded_at = fields.AwareDateTime()
    demo = fields.Boolean()


class ActWithPartsOut(ActOut):
    """A formal act with its approval, its signatories and its documents."""

    approvals = fields.List(fields.Nested(ApprovalOut))
    signatories = fields.List(fields.Nested(SignatoryOut))
    documents = fields.List(fields.Nested(DocumentOut))


class GatheringOut(Schema):
    """A conference, a seminar or an assembly."""

    id = fields.Integer()
    kind = fields.Enum(GatheringKind, by_value=True)
    title = fields.String()
    description = fields.String()
    starts_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime(allow_none=True)
    place = fields.String()
    url = fields.String(allow_none=True)
    called_off_at = fields.AwareDateTime(allow_none=True)
    called_off_reason = fields.String(allow_none=True)
    demo = fields.Boolean()


class CitationOut(Schema):
    """A norm or a guideline; `address` is where its text can be read, if that is known."""

    id = fields.Integer()
    norm_type = fields.Enum(NormType, by_value=True)
    issuer = fields.String(allow_none=True)
    number = fields.String(allow_none=True)
    on_day = fields.Date()
    title = fields.String()
    address = fields.String(allow_none=True)
    cited_in = fields.String(allow_none=True)
    other_dates = fields.List(fields.Date())
    demo = fields.Boolean()


class PhaseOut(Schema):
    """A phase of the path."""

    id = fields.Integer()
    kind = fields.Enum(PhaseKind, by_value=True)
    title = fields.String()
    starts_on = fields.Date(allow_none=True)
    closed_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    opening_act_id = fields.Integer(allow_none=True)
    closing_act_id = fields.Integer(allow_none=True)
    version = fields.Integer()


class ZoneOut(Schema):
    """The zone with its path."""

    id = fields.Integer()
    slug = fields.String()
    name = fields.String()
    kind = fields.Enum(ZoneKind, by_value=True)
    lead_body = fields.String()
    cycle_start = fields.Integer()
    cycle_end = fields.Integer()
    presentation = fields.String()
    demo = fields.Boolean()
    bodies = fields.List(fields.Nested(BodyOut))
    chapters = fields.List(fields.Nested(RequiredChapterOut))
    priorities = fields.List(fields.Nested(PriorityOut))
    phases = fields.List(fields.Nested(PhaseOut))
    acts = fields.List(fields.Nested(ActOut))


class CycleOut(Schema):
    """A cycle of a zone; `years` names it in addresses."""

    id = fields.Integer()
    years = fields.String()
    first_year = fields.Integer()
    last_year = fields.Integer()
    current = fields.Boolean()


class TerritoryOut(Schema):
    """A territory; `slug` names it in addresses."""

    slug = fields.String()


class ListedZoneOut(Schema):
    """A zone with its cycles; `slug` names it in addresses."""

    id = fields.Integer()
    slug = fields.String()
    name = fields.String()
    kind = fields.Enum(ZoneKind, by_value=True)
    lead_body = fields.String()
    presentation = fields.String()
    demo = fields.Boolean()
    territory = fields.Pluck(TerritoryOut, "slug", allow_none=True)
    cycles = fields.List(fields.Nested(CycleOut))


class HappeningOut(Schema):
    """An entry of the public log, without names and free text."""

    position = fields.Integer()
    stream = fields.String()
    number = fields.Integer()
    kind = fields.String()
    at = fields.AwareDateTime()
    digest = fields.String()


class LogArgs(Schema):
    """Query arguments: a family of streams or one stream, before a position."""

    which = Line(least=0, load_default="")
    before = Whole(least=0, load_default=0)
    limit = Whole(load_default=50, most=200)
