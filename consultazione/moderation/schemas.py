"""Schemas of the forms of moderation."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.moderation.models import Action, Outcome
from consultazione.web.fields import Choice, Line, Prose, Whole


class ReportSchema(Schema):
    """Against which rule a text is, and what else there is to say."""

    rule = Line(required=True, most=40)
    words = Prose(most=1000, least=0, load_default=None)


class RulingSchema(Schema):
    """What is done with a text, by which rule, and why."""

    action = Choice(Action, required=True)
    rule = Line(most=40, least=0, load_default=None)
    reason = Prose(required=True, least=10, most=2000)


class AppealSchema(Schema):
    """Why a ruling is wrong."""

    words = Prose(required=True, least=10, most=2000)


class AppealDecisionSchema(Schema):
    """What becomes of a ruling, and why."""

    outcome = Choice(Outcome, required=True)
    reason = Prose(required=True, least=10, most=2000)


class UndoSchema(Schema):
    """Why a ruling is taken back."""

    reason = Prose(required=True, least=10, most=2000)


class RuleSchema(Schema):
    """A rule of the zone's own."""

    name = Line(required=True, least=10, most=160)


class ModerationSchema(Schema):
    """Days for appeals, and the words that are looked at, one a line."""

    appeal_days = Whole(required=True, least=1, most=365)
    review_days = Whole(required=True, least=1, most=365)
    words = Prose(most=5000, least=0, load_default="")
