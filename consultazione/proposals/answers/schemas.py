"""Schemas of the forms by which a proposal is evaluated and answered."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields

from consultazione.proposals.answers.models import ReadAnswer, Verdict
from consultazione.proposals.schemas import ProposalOut
from consultazione.web.fields import Choice, Prose, Whole

MOST_LETTERS = 5000


class EvaluatorSchema(Schema):
    """Who is asked to evaluate a proposal; nobody, if it is empty."""

    evaluator_id = Whole(load_default=None, allow_none=True)


class EvaluationNoteSchema(Schema):
    """A private note."""

    body = Prose(required=True, most=MOST_LETTERS)


class PreparedAnswerSchema(Schema):
    """An answer that is prepared, on the text and after the saving that were read."""

    version = Whole(required=True)
    revision = Whole(required=True, least=0)
    verdict = Choice(Verdict, load_default=None)
    body = Prose(load_default="", least=0, most=MOST_LETTERS)
    is_ready = fields.Boolean(load_default=False, truthy={"yes"}, falsy={""})


class _AsRead(fields.Field[ReadAnswer]):
    """The answer prepared for a proposal as it was read: its id and how often it was saved."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> ReadAnswer:
        found = re.fullmatch(r"([0-9]{1,18})\.([0-9]{1,9})", value) if value else None
        if found is None:
            raise ValidationError(str(_("Choose one of the answers offered.")))
        return ReadAnswer(int(found[1]), int(found[2]))


class PublishAnswersSchema(Schema):
    """Which prepared answers are published, each as it was read."""

    answers = fields.List(_AsRead(), load_default=list)


class AnswerDaysSchema(Schema):
    """In how many days proposals are answered; no rule, if it is empty."""

    days = Whole(load_default=None, allow_none=True, most=365)


class AnswerOut(Schema):
    """The answer of a table to a proposal; `version` is the text that it answers."""

    proposal_id = fields.Integer()
    verdict = fields.Enum(Verdict, by_value=True)
    body = fields.String()
    version = fields.Integer()
    batch_id = fields.Integer()
    at = fields.AwareDateTime(attribute="batch.at")


class WaitingOut(Schema):
    """A proposal that waits for an answer; `due_on` is null where the zone has set no days."""

    proposal = fields.Nested(ProposalOut)
    admitted_at = fields.AwareDateTime(attribute="proposal.decided_at")
    due_on = fields.Date(allow_none=True)
    days_left = fields.Integer(allow_none=True)
    is_late = fields.Boolean()
