"""The form that adds a passkey."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.web.fields import Line, Password


class PasskeySchema(Schema):
    """A new passkey: what the browser answered, how it is called, and the password."""

    label = Line(required=True, most=80)
    password = Password()
    word = fields.String(load_default="")
    assertion = fields.String(load_default="")
