"""The schema of the sittings in a zone's file, those to come and those past."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from consultazione.importing.parts import Part, TimeOfDay, check_one_day
from consultazione.outcomes.labels import CHOICES
from consultazione.outcomes.models import Answer
from consultazione.plan.models import ContributionState
from consultazione.web.fields import Choice, Day, Email, Line, Prose, Whole


class PointFile(Part):
    title = Line(required=True)
    minutes = Whole(load_default=None, most=600)
    proposal = Whole(load_default=None)


class SittingFile(Part):
    table = Line(required=True)
    title = Line(required=True)
    place = Line(required=True)
    days_from_now = Whole(required=True, least=0, most=365)
    at = TimeOfDay(required=True)
    agenda = fields.List(fields.Nested(PointFile), required=True)


class SpeakerFile(Part):
    who = Email(required=True)
    minutes = Whole(required=True, most=120)


class PollFile(Part):
    question = Prose(required=True)
    ballots = fields.Dict(keys=Email(), values=Line(), required=True)


class NoteFile(Part):
    point = Whole(required=True)
    body = Prose(required=True)


class PlanAnswerFile(Part):
    answer = Choice(ContributionState, required=True)
    reason = Prose(required=True)
    body = Prose(load_default="")


class ConclusionFile(Part):
    point = Whole(required=True)
    chapter = Whole(required=True)
    proposal = Whole(load_default=None)
    body = Prose(required=True)
    plan = fields.Nested(PlanAnswerFile, load_default=None)


# Silence is no answer: who answers nothing until the deadline is silent.
_SPOKEN = validate.OneOf(list(CHOICES), error="choose signed, signed_with_note or declined")


class ItemAnswerFile(Part):
    conclusion = Whole(required=True)
    answer = Choice(Answer, required=True, validate=_SPOKEN)
    note = Prose(load_default="", least=0)


class SignatureFile(Part):
    who = Email(required=True)
    organisation = Line(required=True)
    answer = Choice(Answer, required=True, validate=_SPOKEN)
    note = Prose(load_default="", least=0)
    items = fields.List(fields.Nested(ItemAnswerFile), load_default=list)


class MinutesFile(Part):
    """How a past sitting went on: its minutes, the unions' answers, the plan office's.

    approved_by: who approved the minutes, by e-mail address; who wrote them if it is left out.
    """

    by = Email(required=True)
    approved_by = Email(load_default=None)
    plan_office = Email(load_default=None)
    notes = fields.List(fields.Nested(NoteFile), load_default=list)
    conclusions = fields.List(fields.Nested(ConclusionFile), load_default=list)
    sign_off = fields.List(fields.Nested(SignatureFile), load_default=list)


class PastPointFile(Part):
    title = Line(required=True)
    minutes = Whole(required=True, most=600)
    proposal = Whole(load_default=None)
    what_if = Line(load_default=None)
    speakers = fields.List(fields.Nested(SpeakerFile), load_default=list)
    poll = fields.Nested(PollFile, load_default=None)


class PastSittingFile(Part):
    table = Line(required=True)
    title = Line(required=True)
    place = Line(required=True)
    days_ago = Whole(load_default=None, least=1, most=3650)
    day = Day(load_default=None)
    at = TimeOfDay(required=True)
    presided_by = Email(required=True)
    present = fields.List(Email(), required=True)
    points = fields.List(fields.Nested(PastPointFile), required=True)
    minutes = fields.Nested(MinutesFile, load_default=None)

    @validates_schema
    def one_day(self, data: Mapping[str, object], **_: Any) -> None:
        """The day of the sitting is given in one way."""
        check_one_day(data)
