"""The forms of the second step."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.core.actor import Role
from consultazione.web.fields import Choice, Day, Line, Password


class CodeSchema(Schema):
    """A code of the app or a recovery code; or what a passkey answered to `word`."""

    code = Line(load_default="", least=0, most=60)
    word = fields.String(load_default="")
    assertion = fields.String(load_default="")


class AppSchema(Schema):
    """Setting an app up: the word of its secret, its first code, and the password."""

    word = fields.String(load_default="")
    code = Line(required=True, most=20)
    password = Password()


class OnByPasskeySchema(Schema):
    """Being asked for a passkey from now on: the password says who wants it."""

    password = Password()


class ChangeSchema(CodeSchema):
    """Turning the second step off, or other recovery codes: both proofs."""

    password = Password()


class PasskeySignInSchema(Schema):
    """What a passkey answered on the page of the sign-in."""

    word = fields.String(load_default="")
    assertion = fields.String(load_default="")


class LostSecondStepSchema(Schema):
    """The secret of a link, and the password."""

    secret = Line(required=True, most=100)
    password = Password()


class RuleSchema(Schema):
    """Which roles ask for a second step, and from which day on."""

    roles = fields.List(Choice(Role), load_default=list)
    from_day = Day(required=True)
