"""Schemas of the forms of accreditation."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.people.models import Category
from consultazione.web.fields import Choice, Day, Line, Name, Prose, Whole


class ApplicationSchema(Schema):
    name = Name(required=True)
    category = Choice(Category, required=True)
    office = Line(required=True, most=100)
    note = Prose(load_default="", least=0, most=2000)
    table_ids = fields.List(Whole(), load_default=list)


class GrantSchema(Schema):
    name = Name(required=True)
    category = Choice(Category, required=True)
    table_ids = fields.List(Whole(), load_default=list)
    ends_on = Day(load_default=None, allow_none=True)
