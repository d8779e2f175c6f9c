"""The form that adds a passkey."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields

from consultazione.web.fields import Line

_MISSING = {"required": _("Please fill in this field.")}


class PasskeySchema(Schema):
    """A new passkey: what the browser answered, how it is called, and the password."""

    label = Line(required=True, most=80)
    password = fields.String(required=True, error_messages=_MISSING)
    word = fields.String(load_default="")
    assertion = fields.String(load_default="")
