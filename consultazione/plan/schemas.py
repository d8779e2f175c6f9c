"""Schemas of the plan office's forms, and of the plan over REST."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate

from consultazione.plan.blocks.models import BlockKind
from consultazione.plan.labels import ANSWER_NAMES
from consultazione.plan.models import ContributionState
from consultazione.plan.pedigree import StepKind
from consultazione.web.fields import Choice, PageArgs, Prose, Whole

_ANSWERS = validate.OneOf(list(ANSWER_NAMES), error=_("Choose one of the answers offered."))


class ContributionAnswerSchema(Schema):
    """An answer with its reason; `body` counts where something is taken in."""

    answer = Choice(ContributionState, required=True, validate=_ANSWERS)
    reason = Prose(required=True, least=10, most=4000)
    body = Prose(load_default="", least=0)


class OfficeAnswerSchema(ContributionAnswerSchema):
    """The same on the office's page, where an answer can be prepared for later too."""

    later = fields.Boolean(load_default=False, truthy={"yes"}, falsy={""})


class CorrectAnswerSchema(ContributionAnswerSchema):
    """Another answer, or another reason for it, and why it is corrected."""

    why = Prose(required=True, least=10, most=2000)
    version = Whole(required=True)


class ParagraphSchema(Schema):
    body = Prose(required=True, least=10)


class ContributionArgs(PageArgs):
    """Query arguments: contributions that await an answer or have one, after an id."""

    waiting = fields.Boolean(load_default=None)


class ParagraphOut(Schema):
    """A paragraph of the plan; `contribution_id` is null for the office's own."""

    id = fields.Integer()
    rank = fields.Integer()
    body = fields.String()
    contribution_id = fields.Integer(allow_none=True)
    written_at = fields.AwareDateTime()
    demo = fields.Boolean()


class BlockOut(ParagraphOut):
    """A block of the plan: of whatever kind, with its version; `alt` tells what a figure shows."""

    kind = fields.Enum(BlockKind, by_value=True)
    version = fields.Integer()
    alt = fields.String(allow_none=True)
    contributions = fields.Pluck("ContributionOut", "id", many=True)


class ChapterOut(Schema):
    """A chapter of the plan: its progress, its paragraphs, and its blocks of all kinds."""

    id = fields.Integer(attribute="chapter.id")
    number = fields.Integer(attribute="chapter.number")
    title = fields.String(attribute="chapter.title")
    mandatory = fields.Boolean(attribute="chapter.mandatory")
    waiting = fields.Integer()
    answered = fields.Integer()
    paragraphs = fields.List(fields.Nested(ParagraphOut))
    blocks = fields.List(fields.Nested(BlockOut))


class ContributionOut(Schema):
    """A contribution: the outcome's item, and the plan office's answer with its reason.

    The unions' answers to the item stand in its outcome.
    """

    id = fields.Integer()
    chapter = fields.Integer(attribute="chapter.number")
    body = fields.String(attribute="item.body")
    proposal_id = fields.Integer(attribute="item.proposal_id", allow_none=True)
    outcome_id = fields.Integer(attribute="item.outcome_id")
    outcome_item_id = fields.Integer(attribute="item_id")
    state = fields.Enum(ContributionState, by_value=True)
    reason = fields.String(allow_none=True)
    forwarded_at = fields.AwareDateTime()
    answered_at = fields.AwareDateTime(allow_none=True)


class StepOut(Schema):
    """A step of a pedigree, with its page."""

    kind = fields.Enum(StepKind, by_value=True)
    title = fields.String()
    detail = fields.String()
    at = fields.AwareDateTime(allow_none=True)
    url = fields.String(allow_none=True)
