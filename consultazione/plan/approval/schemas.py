"""Schemas of the forms that take the plan from draft to approval."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.web.fields import Day, Whole


class DraftSchema(Schema):
    """Until when the public draft can be commented on; empty: until the plan is ready."""

    comments_until = Day(load_default=None, allow_none=True)


class DueSchema(Schema):
    """By which day contributions are answered; empty: no day is said."""

    due_on = Day(load_default=None, allow_none=True)


class ReadySchema(Schema):
    """The last entry of the plan's stream that was read."""

    seen = Whole(load_default=None)


class ApproveSchema(ReadySchema):
    """The act that approves the plan as it was read."""

    act_id = Whole(required=True)
