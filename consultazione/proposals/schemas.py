"""Schemas of the forms of proposals, and of proposals over REST."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import Schema, fields

from consultazione.people.models import Category
from consultazione.proposals.models import ProposalState
from consultazione.web.fields import Line, PageArgs, Prose, ReasonSchema, Whole


class ProposalSchema(Schema):
    """A new proposal; what is missing today and what would change may be left out."""

    title = Line(required=True, least=5, most=140)
    body = Prose(required=True, least=20)
    need = Prose(least=0, most=4000, load_default="")
    effect = Prose(least=0, most=4000, load_default="")
    chapter_id = Whole(load_default=None)
    priority_id = Whole(load_default=None)
    need_ids = fields.List(Whole(), load_default=list)
    # The number of a mandate, 0 for one's own name, none for the usual one.
    voice = Whole(load_default=None, allow_none=True, least=0)


class ProposalTextSchema(Schema):
    """A changed text, and why it was changed."""

    title = Line(required=True, least=5, most=140)
    body = Prose(required=True, least=20)
    # Left out, they stay as they are.
    need = Prose(least=0, most=4000, load_default=None)
    effect = Prose(least=0, most=4000, load_default=None)
    reason = Line(required=True, least=3, most=500)


class ProposalText(TypedDict):
    """What `ProposalTextSchema` reads."""

    title: str
    body: str
    need: str | None
    effect: str | None
    reason: str


class EditProposalSchema(ProposalTextSchema):
    """The same from a form, which knows the version that was read."""

    version = Whole(required=True)


class RefusalSchema(ReasonSchema):
    """Why a proposal is not admitted, and which text of it was read."""

    version = Whole(load_default=None)


class ProposalAtTableSchema(ProposalSchema):
    table_id = Whole(required=True)


class HandInSchema(ProposalAtTableSchema):
    """A proposal from a draft, in the version that the form shows."""

    version = Whole(required=True)


class ProposalArgs(PageArgs):
    """Query arguments: proposals of a table, after an id."""

    table_id = Whole(load_default=None)


class ProposalOut(Schema):
    """A proposal, with its author as shown to everybody."""

    id = fields.Integer()
    table_id = fields.Integer()
    author = fields.String(attribute="author.shown_name")
    organisation = fields.String(attribute="mandate.organisation.name")
    category = fields.Enum(Category, by_value=True)
    title = fields.String()
    body = fields.String()
    need = fields.String(allow_none=True)
    effect = fields.String(allow_none=True)
    chapter_id = fields.Integer(allow_none=True)
    priority_id = fields.Integer(allow_none=True)
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
    need = fields.String(allow_none=True)
    effect = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    at = fields.AwareDateTime()


class AttachSchema(Schema):
    """What is in the files that are attached."""

    description = Line(least=0, most=300, load_default="")


class ProposalFileOut(Schema):
    """A file of a proposal; a withdrawn one has a reason and cannot be opened."""

    id = fields.Integer()
    file_name = fields.String()
    description = fields.String(allow_none=True)
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
