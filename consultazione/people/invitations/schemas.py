"""Schemas of the forms of invitations."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.web.fields import Email, Line, Name, Password


class InviteSchema(Schema):
    display_name = Name(required=True, most=80)
    email = Email(required=True)
    organisation = Line(load_default="", least=0)
    act = Line(load_default="", least=0)
    role = Line(load_default="", least=0)
    table = Line(load_default="", least=0)


class AcceptSchema(Schema):
    secret = Line(required=True, most=100)
    display_name = Name(required=True, most=80)
    password = Password()
