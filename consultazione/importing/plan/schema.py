"""The schema of the plan in a zone's file: paragraphs, what they answer, and its approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from consultazione.importing.parts import Part
from consultazione.plan.models import PlanState
from consultazione.plan.needs.models import Purpose
from consultazione.web.fields import Choice, Day, Email, Line, Prose, Whole


class PlanFile(Part):
    """A paragraph of the plan office's own, one that is there by its words, or a whole chapter.

    from_log: the paragraph that the platform writes of its own tables and sittings.
    """

    chapter = Whole(required=True)
    body = Prose(load_default=None)
    words = Line(load_default=None)
    from_log = fields.Boolean(load_default=False)
    priorities = fields.List(Line(), load_default=list)
    purposes = fields.List(Choice(Purpose), load_default=list)
    by = Email(load_default=None)
    written_on = Day(load_default=None)
    demo = fields.Boolean(load_default=False)

    @validates_schema
    def one_place(self, data: Mapping[str, Any], **_: Any) -> None:
        """A paragraph is new or there already; purposes are those of a paragraph."""
        places = [name for name in ("body", "words", "from_log") if data[name]]
        if len(places) > 1:
            raise ValidationError("Write one of body, words and from_log.", places[1])
        if data["purposes"] and not places:
            raise ValidationError("Say which paragraph serves them: body or words.", "purposes")


class PlanStepFile(Part):
    """A step of the plan towards its approval; act: the id of the act that approves it."""

    state = Choice(PlanState, required=True)
    on_day = Day(load_default=None)
    comments_until = Day(load_default=None)
    act = Line(load_default=None)
    by = Email(load_default=None)

    @validates_schema
    def has_act(self, data: Mapping[str, Any], **_: Any) -> None:
        """An act approves, and nothing else has one."""
        if (data["state"] is PlanState.APPROVED) != (data["act"] is not None):
            raise ValidationError("Name the act that approves the plan, and only there.", "act")
        if data["state"] is PlanState.DRAFT:
            raise ValidationError("Every plan begins as a draft: leave this out.", "state")
