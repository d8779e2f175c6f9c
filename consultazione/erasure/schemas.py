"""Schemas of the forms by which an order is prepared and carried out."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.erasure.models import Ground
from consultazione.web.fields import Choice, Day, Line, Password, Prose, Whole


class SoughtSchema(Schema):
    """What is to go; one of the four at least."""

    passages = Prose(load_default="", least=0)
    entry = Line(load_default="", least=0, most=60)
    file = Line(load_default="", least=0)
    person_id = Whole(load_default=None, allow_none=True)


class OrderSchema(SoughtSchema):
    """The same, the act that orders it, the places that lose the words, and the password."""

    ground = Choice(Ground, required=True)
    reference = Line(required=True)
    decided_on = Day(required=True)
    asked_on = Day(load_default=None, allow_none=True)
    seen = fields.String(required=True)
    places = fields.List(fields.String(), load_default=list)
    password = Password()
