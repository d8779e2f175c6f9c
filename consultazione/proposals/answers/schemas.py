"""Schemas of the forms by which a proposal is evaluated and answered."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.proposals.answers.models import Verdict
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
