"""Schemas of written questions."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.sittings.questions.queries import MOST_SHOWN, PUBLIC
from consultazione.web.fields import PageArgs, Prose, Whole


class AskedSchema(Schema):
    """A question in writing."""

    body = Prose(most=1000, required=True)


class IntoSchema(Schema):
    """The question that asks the same."""

    into = Whole(required=True)


class AnswerSchema(Schema):
    """A written answer; null for a question that is answered live."""

    answer = Prose(most=5000, allow_none=True, load_default=None)


class QuestionArgs(PageArgs):
    """Which questions: after an id, so many at a time."""

    limit = Whole(load_default=MOST_SHOWN, most=MOST_SHOWN)


class QuestionOut(Schema):
    """A question that is shown."""

    id = fields.Integer()
    person_id = fields.Integer()
    body = fields.String()
    state = fields.String(metadata={"enum": [state.value for state in PUBLIC]})
    answer = fields.String(allow_none=True)
    upvotes = fields.Integer()
