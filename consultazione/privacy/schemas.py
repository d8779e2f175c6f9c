"""Schemas of the forms of privacy."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate

from consultazione.privacy.models import LeftTexts
from consultazione.web.fields import Choice, Line, Password, Prose, Whole


class ProvedSchema(Schema):
    """That it is really the owner of the account who asks."""

    password = Password()


class LeaveSchema(ProvedSchema):
    """The same, and that they have read what follows."""

    understood = fields.String(
        required=True,
        validate=validate.OneOf(["yes"]),
        error_messages={"required": _("Tick the box once you have read what stays.")},
    )


class PrivacySchema(Schema):
    """How long things are kept, and what becomes of the texts of those who leave."""

    left_texts = Choice(LeftTexts, required=True)
    mail_days = Whole(required=True, least=1, most=90)
    security_days = Whole(required=True, least=1, most=730)
    link_days = Whole(required=True, least=1, most=90)
    job_days = Whole(required=True, least=1, most=365)


class ActivitySchema(Schema):
    """An activity of the register (GDPR, art. 30 par. 1)."""

    name = Line(required=True, least=3)
    purpose = Prose(required=True, most=2000)
    basis = Prose(required=True, most=2000)
    subjects = Prose(required=True, most=2000)
    data = Prose(required=True, most=2000)
    recipients = Prose(required=True, most=2000)
    kept = Prose(required=True, most=2000)
    measures = Prose(required=True, most=2000)
