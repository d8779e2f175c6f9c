"""Schemas of the forms of proposals, and of proposals over REST."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import Schema, fields

from consultazione.people.models import Category
from consultazione.proposals.models import ProposalState
from consultazione.web.fields import Line, PageArgs, Prose, ReasonSchema, Whole


class ProposalSchema(Schema):
    title = Line(required=True, least=5, most=140)
    body = Prose(required=True, least=20)
    need_ids = fields.List(Whole(), load_default=list)


class ProposalTextSchema(Schema):
    """A changed text, and why it was changed."""

    title = Line(required=True, least=5, most=140)
    body = Prose(required=True, least=20)
    reason = Line(required=True, least=3, most=500)


class ProposalText(TypedDict):
    """What `ProposalTextSchema` reads."""

    title: str
    body: str
    reason: str


class EditProposalSchema(ProposalTextSchema):
    """The same from a form, which knows the version that was read."""

    version = Whole(required=True)


class RefusalSchema(ReasonSchema):
    """Why a proposal is not admitted, and which text of it was read."""

    version = Whole(load_default=None)


class ProposalAtTableSchema(ProposalSchema):
    table_id = Whole(required=True)


class ProposalArgs(PageArgs):
    """Query arguments: proposals of a table, after an id."""

    table_id = Whole(load_default=None)


class ProposalOut(Schema):
    """A proposal, with its author as shown to everybody."""

    id = fields.Integer()
    table_id = fields.Integer()
    author = fields.String(attribute="author.display_name")
    organisation = fields.String(attribute="mandate.organisation.name")
    category = fields.Enum(Category, by_value=True)
    title = fields.String()
    body = fields.String()
    state = fields.Enum(ProposalState, by_value=True)
    state_reason = fields.String(allow_none=True)
    submitted_at = fields.AwareDateTime()
    decided_at = fields.AwareDateTime(allow_none=True)
    version = fields.Integer()
    demo = fields.Boolean()


class VersionOut(Schema):
    """A text that a proposal has had; `reason` says why it came, of the first one nothing."""

    number = fields.Integer()
    title = fields.String()
    body = fields.String()
    reason = fields.String(allow_none=True)
    at = fields.AwareDateTime()


class ProposalFileOut(Schema):
    """A file of a proposal; a withdrawn one has a reason and cannot be opened."""

    id = fields.Integer()
    file_name = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    attached_at = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String(allow_none=True)


class SupportOut(Schema):
    """A person's support of a proposal; `version` is the text that they read."""

    proposal_id = fields.Integer()
    category = fields.Enum(Category, by_value=True)
    at = fields.AwareDateTime()
    version = fields.Integer()


class SupportsOut(Schema):
    """The number of supports of a proposal, by category."""

    total = fields.Integer()
    by_category = fields.Dict(keys=fields.String(), values=fields.Integer())
