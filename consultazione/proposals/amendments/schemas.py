"""Schemas of amendments, in forms and over REST."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import Schema, fields

from consultazione.people.models import Category
from consultazione.proposals.amendments.models import AmendmentState, Part
from consultazione.web.fields import Choice, Line, Prose, ReasonSchema, Whole


class AmendmentSchema(Schema):
    """A paragraph as it stands in a part of the text, and as it should be."""

    version = Whole(required=True)
    part = Choice(Part, required=True)
    old = Prose(required=True)
    new = Prose(least=0, load_default="")
    reason = Line(required=True, least=3, most=500)


class NewAmendment(TypedDict):
    """What `AmendmentSchema` reads."""

    version: int
    part: Part
    old: str
    new: str
    reason: str


class VersionReadSchema(Schema):
    """Which version of the text was read."""

    version = Whole(required=True)


class VersionRead(TypedDict):
    """What `VersionReadSchema` reads."""

    version: int


class RefuseAmendmentSchema(ReasonSchema):
    """Why an amendment is not taken over."""


class RefusedAmendment(TypedDict):
    """What `RefuseAmendmentSchema` reads."""

    reason: str


class AmendmentOut(Schema):
    """An amendment; `accepted_version` is the version of the proposal that has it."""

    id = fields.Integer()
    proposal_id = fields.Integer()
    version = fields.Integer()
    author = fields.String(attribute="author.display_name")
    organisation = fields.String(attribute="mandate.organisation.name")
    category = fields.Enum(Category, by_value=True)
    part = fields.Enum(Part, by_value=True)
    old = fields.String()
    new = fields.String()
    reason = fields.String()
    at = fields.AwareDateTime()
    state = fields.Enum(AmendmentState, by_value=True)
    answer = fields.String(allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)
    accepted_version = fields.Integer(allow_none=True)
