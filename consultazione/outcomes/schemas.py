"""Schemas of the answer form, and of outcomes over REST."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from consultazione.outcomes.models import Answer, OutcomeState
from consultazione.web.fields import Choice, Line, Prose, Whole
from consultazione.zones.models import SignOffRule


class AnswerSchema(Schema):
    organisation_id = Whole(required=True)
    digest = Line(required=True)
    answer = Choice(Answer, required=True)
    note = Prose(load_default="", least=0, most=5000)
    password = fields.String(
        required=True, error_messages={"required": _("Please fill in this field.")}
    )

    @validates_schema
    def note_has_a_place(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse a note on a plain signature, rather than dropping it silently."""
        if data.get("answer") is Answer.SIGNED and data.get("note"):
            message = _("You wrote a note: choose to sign with a note, or take the text out.")
            raise ValidationError(str(message), "note")


class PartyOut(Schema):
    """A union asked to answer, with its answer once given."""

    organisation_id = fields.Integer()
    organisation = fields.String(attribute="organisation.name")
    answer = fields.Enum(Answer, by_value=True, allow_none=True)
    note = fields.String(allow_none=True)
    digest = fields.String(allow_none=True)
    method = fields.String(allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)


class OutcomeOut(Schema):
    """An outcome with its parties."""

    id = fields.Integer()
    table_id = fields.Integer()
    minutes_id = fields.Integer()
    state = fields.Enum(OutcomeState, by_value=True)
    rule = fields.Enum(SignOffRule, by_value=True)
    digest = fields.String()
    opened_at = fields.AwareDateTime()
    closed_at = fields.AwareDateTime(allow_none=True)
    parties = fields.List(fields.Nested(PartyOut))


class WholeOutcomeOut(OutcomeOut):
    """An outcome with the document to be signed, whose canonical bytes the digest covers."""

    document = fields.Dict()
