"""The forms of the gateway."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.web.fields import Email, Name, Password


class RegisterByGatewaySchema(Schema):
    """A new account: how its person is called here, and where they get mail."""

    email = Email(required=True)
    display_name = Name(required=True, most=80)


class LinkGatewaySchema(Schema):
    """Linking one's account: the password says that it is theirs."""

    password = Password()
