"""The shape of every message from a browser; ids travel under the name of the thing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from marshmallow import Schema, validate

from consultazione.live.frames import FOLLOWED
from consultazione.web.fields import Line, Prose, Whole

_FOLLOWED = validate.Regexp(
    rf"({'|'.join(FOLLOWED)}):[1-9][0-9]{{0,15}}\Z",
    error=_("This cannot be followed."),
)


class SittingSchema(Schema):
    """A sitting."""

    sitting_id = Whole(data_key="sitting", required=True)


class EnterSchema(SittingSchema):
    """A sitting, and the last number that the browser knows of it."""

    after = Whole(least=0, load_default=None)


class FollowSchema(Schema):
    """A public stream, and the last number that the browser knows of it."""

    stream = Line(most=40, required=True, validate=[_FOLLOWED])
    after = Whole(least=0, load_default=0)


class PointSchema(Schema):
    """A point of an agenda."""

    point_id = Whole(data_key="point", required=True)


class HandSchema(Schema):
    """A raised hand."""

    hand_id = Whole(data_key="hand", required=True)


class OpenPollSchema(SittingSchema):
    """A question to those present."""

    question = Prose(most=1000, required=True)


class PollSchema(Schema):
    """A poll."""

    poll_id = Whole(data_key="poll", required=True)


class BallotSchema(PollSchema):
    """A choice in a poll."""

    choice = Line(most=40, required=True)
