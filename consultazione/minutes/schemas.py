"""Schemas of the forms of minutes, and of minutes over REST."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from consultazione.minutes.models import MinutesState
from consultazione.minutes.signing.schemas import SignerOut
from consultazione.web.fields import Day, Prose, Whole


class NoteSchema(Schema):
    body = Prose(required=True, least=0)
    version = Whole(required=True, least=0)


class ConclusionSchema(Schema):
    point_id = Whole(required=True)
    chapter_id = Whole(required=True)
    proposal_id = Whole(load_default=None, allow_none=True)
    poll_id = Whole(least=0, load_default=None, allow_none=True)
    body = Prose(required=True)


class EditConclusionSchema(Schema):
    chapter_id = Whole(required=True)
    body = Prose(required=True)
    version = Whole(required=True)


class ApprovalSchema(Schema):
    version = Whole(required=True)


class TableApprovalSchema(ApprovalSchema):
    point_id = Whole(required=True)
    poll_id = Whole(load_default=None, allow_none=True)


class CorrectionSchema(Schema):
    old_words = Prose(load_default="", least=0, most=2000)
    new_words = Prose(load_default="", least=0, most=2000)
    reason = Prose(required=True, most=1000)


class RevertSchema(Schema):
    revision = Whole(required=True)
    version = Whole(required=True)


class AnswerSchema(Schema):
    answer = Prose(required=True, most=2000)


class PublicationSchema(Schema):
    answers_due_on = Day(load_default=None, allow_none=True)


class SeriesSchema(Schema):
    """The days of the first and of the last sitting of a series, both included."""

    dal = Day(required=True)
    al = Day(required=True)

    @validates_schema
    def is_in_order(self, data: Mapping[str, date], **_kwargs: Any) -> None:
        """Refuse an end before the beginning."""
        if data["al"] < data["dal"]:
            raise ValidationError({"al": [str(_("Choose a day that is not before the first."))]})


class MinutesOut(Schema):
    """Minutes in a list."""

    id = fields.Integer()
    sitting_id = fields.Integer()
    state = fields.Enum(MinutesState, by_value=True)
    digest = fields.String(allow_none=True)
    pdf_sha256 = fields.String(allow_none=True)
    approved_at = fields.AwareDateTime(allow_none=True)
    published_at = fields.AwareDateTime(allow_none=True)


class MinutesPage(Schema):
    """A page of minutes."""

    items = fields.List(fields.Nested(MinutesOut))
    next = fields.String(allow_none=True)


class WholeMinutesOut(MinutesOut):
    """Minutes with their document, whose canonical bytes the digest covers, and who signs them."""

    document = fields.Dict()
    signers = fields.List(fields.Nested(SignerOut))
