"""The shapes of what programs send about the list of speakers."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.sittings.models import HandKind
from consultazione.sittings.speakers.models import LONGEST_SPEECH, SpeakingOrder
from consultazione.web.fields import Choice, Line, Whole


class HandSchema(Schema):
    """What one asks for the floor for."""

    hand_kind = Choice(HandKind, load_default=HandKind.FLOOR)


class OrderSchema(Schema):
    """How who asks for the floor is put in order."""

    ordering = Choice(SpeakingOrder, required=True)


class LimitSchema(Schema):
    """How long each may speak, in seconds; null is without a limit."""

    seconds = Whole(required=True, allow_none=True, most=LONGEST_SPEECH)


class SuspensionSchema(Schema):
    """Why a sitting is suspended."""

    reason = Line(required=True, most=300)


class PlaceSchema(Schema):
    """The hand, or the point, before which another is put; null is last."""

    before = Whole(required=True, allow_none=True)


class ExtensionSchema(Schema):
    """How many seconds who has the floor may speak in all."""

    seconds = Whole(required=True, most=LONGEST_SPEECH)
