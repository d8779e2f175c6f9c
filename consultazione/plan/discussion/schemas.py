"""Schemas of the forms of the discussion of the public draft."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, validate

from consultazione.plan.blocks.lengths import LONGEST_TEXT
from consultazione.plan.discussion.models import SuggestionState
from consultazione.web.fields import Choice, Prose, Whole

_DECISIONS = validate.OneOf(
    [SuggestionState.ACCEPTED, SuggestionState.REFUSED],
    error=_("Choose one of the answers offered."),
)


class BlockCommentSchema(Schema):
    """A comment on a block."""

    body = Prose(required=True, least=10, most=4000)


class AnswerSchema(Schema):
    """The answer to a comment."""

    answer = Prose(required=True, least=10, most=4000)


class SuggestionSchema(Schema):
    """Another text for a block, and why."""

    version = Whole(required=True)
    body = Prose(required=True, least=2, most=LONGEST_TEXT)
    reason = Prose(required=True, least=10, most=2000)


class DecisionSchema(Schema):
    """What becomes of a suggestion; `body` counts if it is accepted."""

    decision = Choice(SuggestionState, required=True, validate=_DECISIONS)
    version = Whole(required=True)
    body = Prose(load_default="", least=0, most=LONGEST_TEXT)
    reason = Prose(required=True, least=3, most=2000)
