"""Schemas of the forms of surveys, and of a survey over REST."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, post_load

from consultazione.surveys.models import QuestionKind
from consultazione.web.fields import Choice, Line, Prose, Whole


class _PlaceField(fields.Field[dict[str, int]]):
    """Before which sitting or at which point a survey stands: `seduta.7`, `punto.12` or nothing."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, int]:
        if not value:
            return {}
        found = re.fullmatch(r"(seduta|punto)\.([0-9]{1,18})", value)
        if found is None:
            raise ValidationError(str(_("Choose one of the answers offered.")))
        return {"sitting_id" if found[1] == "seduta" else "point_id": int(found[2])}


class SurveySchema(Schema):
    """A survey as it is prepared."""

    title = Line(required=True, least=5, most=140)
    intro = Prose(load_default="", least=0, most=2000)
    place = _PlaceField(load_default=dict)
    least_group = Whole(load_default=5, least=5, most=1000)

    @post_load
    def _placed(self, data: Mapping[str, Any], **_kwargs: Any) -> Mapping[str, object]:
        return {**{name: one for name, one in data.items() if name != "place"}, **data["place"]}


class SurveyQuestionSchema(Schema):
    """A question as it is added, its choices a line each."""

    question_kind = Choice(QuestionKind, required=True)
    body = Line(required=True, least=5, most=300)
    options = Prose(load_default="", least=0, most=3000)

    @post_load
    def _lines(self, data: Mapping[str, Any], **_kwargs: Any) -> Mapping[str, object]:
        lines = [line.strip() for line in data["options"].splitlines()]
        return {**data, "options": [line for line in lines if line]}


class SurveyQuestionOut(Schema):
    """A question of a survey, with what one chooses from."""

    id = fields.Integer()
    number = fields.Integer()
    kind = fields.Enum(QuestionKind, by_value=True)
    body = fields.String()
    choices = fields.List(fields.String())


class SurveyOut(Schema):
    """A survey; `participants` and `results` are null until it is closed, `results` with too few.

    `results` has of each question, by its id: `answers`, `counts` by choice, and `by_category`.
    """

    id = fields.Integer()
    table_id = fields.Integer()
    sitting_id = fields.Integer(allow_none=True)
    point_id = fields.Integer(allow_none=True)
    title = fields.String()
    intro = fields.String()
    least_group = fields.Integer()
    opened_at = fields.AwareDateTime()
    closed_at = fields.AwareDateTime(allow_none=True)
    participants = fields.Integer(allow_none=True)
    results = fields.Dict(allow_none=True)
    questions = fields.List(fields.Nested(SurveyQuestionOut))
