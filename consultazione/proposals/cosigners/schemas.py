"""Schemas of invitations to sign a proposal, in forms and over REST."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import Schema, fields

from consultazione.people.models import Category
from consultazione.proposals.cosigners.models import CosignerState
from consultazione.web.fields import Line, Whole


class InvitationSchema(Schema):
    """Who is invited: a person by their address, or an organisation."""

    email = Line(least=0, load_default="")
    organisation_id = Whole(load_default=None)


class Invitation(TypedDict):
    """What `InvitationSchema` reads."""

    email: str
    organisation_id: int | None


class CosignerOut(Schema):
    """Somebody who has signed a proposal with its author."""

    id = fields.Integer()
    proposal_id = fields.Integer()
    author = fields.String(attribute="author.display_name")
    organisation = fields.String(attribute="mandate.organisation.name")
    category = fields.Enum(Category, by_value=True, allow_none=True)
    state = fields.Enum(CosignerState, by_value=True)
    answered_at = fields.AwareDateTime(allow_none=True)
