"""The shapes of what people send about sittings, and of what programs read of them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validate

from consultazione.sittings.agenda import NewPoint, with_proposals
from consultazione.sittings.models import SittingState
from consultazione.sittings.quorums.schemas import QuorumFields, QuorumSchema
from consultazione.sittings.video.address import LONGEST
from consultazione.web.fields import AwareMoment, Line, PageArgs, Prose, RomeMoment, Whole

_LONGEST_TITLE = 200
_LONGEST_POINT = 600  # minutes


class Lines(Prose):
    """A text as its lines, each short enough for a title; empty ones are left out."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if any(len(line) > _LONGEST_TITLE for line in lines):
            long = _("Shorten each line to %(most)s characters at most.", most=_LONGEST_TITLE)
            raise ValidationError(str(long))
        return lines


class ConveneForm(QuorumFields):
    """A sitting as the page asks for it: one point a line, proposals to discuss, its quorum."""

    title = Line(required=True, most=_LONGEST_TITLE)
    place = Line(required=True)
    starts_at = RomeMoment(required=True)
    agenda = Lines(required=True)
    video_url = Line(load_default="", least=0, most=LONGEST)
    proposals = fields.List(Whole(), load_default=list)

    @post_load
    def _points(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        points = with_proposals(data.pop("agenda"), data.pop("proposals"))
        return {**data, "points": points}


class PointSchema(Schema):
    """A point to put on an agenda; without a title it takes that of its proposal."""

    title = Line(load_default="", least=0, most=_LONGEST_TITLE)
    minutes_planned = Whole(load_default=None, allow_none=True, most=_LONGEST_POINT)
    proposal_id = Whole(load_default=None, allow_none=True)


class SittingSchema(Schema):
    """A sitting as programs convene it."""

    title = Line(required=True, most=_LONGEST_TITLE)
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


class RoomVotesSchema(Schema):
    """Votes that were counted in the room for one choice; 0 takes them away."""

    choice = Line(required=True, most=300)
    votes = Whole(required=True, least=0, most=1_000_000)


class BallotSchema(Schema):
    """A vote, in the notation of the poll's kind."""

    choice = Line(required=True, most=300)


class CodeForm(Schema):
    """The code of a hall, as somebody typed it."""

    code = Line(required=True, most=40)


class SittingArgs(PageArgs):
    """Which sittings: of a table, after an id."""

    table_id = Whole(load_default=None)


class EntryArgs(Schema):
    """Which entries of a chronicle: those after a number."""

    after = Whole(load_default=0, least=0)


class SittingOut(Schema):
    """A sitting of a table."""

    id = fields.Integer()
    table_id = fields.Integer()
    title = fields.String()
    place = fields.String()
    starts_at = fields.AwareDateTime()
    state = fields.Enum(SittingState, by_value=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    quorum = fields.Dict(allow_none=True)
    video_url = fields.String(allow_none=True)
    demo = fields.Boolean()


class SittingPage(Schema):
    """Sittings by id, and where the next ones are."""

    items = fields.List(fields.Nested(SittingOut))
    next = fields.String(allow_none=True)


class ReceiptOut(Schema):
    """A voter's receipt of a secret poll."""

    receipt = fields.String()


class ReceiptsOut(Schema):
    """The SHA-256 digests of all receipts of a closed secret poll, sorted."""

    receipts = fields.List(fields.String())


class IdOut(Schema):
    """The id of what was made or changed."""

    id = fields.Integer()


class EntryOut(Schema):
    """An entry of a sitting's stream."""

    number = fields.Integer()
    kind = fields.String()
    at = fields.String(metadata={"format": "date-time"})
    data = fields.Dict()


class RoomOut(Schema):
    """The room at one moment, and the number of the last entry that it holds."""

    sitting = fields.Dict()
    number = fields.Integer()
    agenda = fields.List(fields.Dict())
    hands = fields.List(fields.Dict())
    floor = fields.Dict(allow_none=True)
    speakers = fields.Dict()
    questions = fields.List(fields.Dict())
    unseen = fields.Integer()
    hidden = fields.Integer()
    record = fields.Dict()
    polls = fields.List(fields.Dict())
    chronicle = fields.List(fields.Nested(EntryOut))
    people = fields.Dict()
    presence = fields.Dict()
    turnout = fields.Dict(allow_none=True)
