"""The shapes of what programs send about the list of speakers."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.sittings.floor.models import LONGEST_SPEECH, HandKind, SpeakingOrder
from consultazione.web.fields import Choice, Whole


class HandSchema(Schema):
    """What one asks for the floor for."""

    hand_kind = Choice(HandKind, load_default=HandKind.FLOOR)


class OrderSchema(Schema):
    """How who asks for the floor is put in order."""

    ordering = Choice(SpeakingOrder, required=True)


class LimitSchema(Schema):
    """How long each may speak, in seconds; null is without a limit."""

    seconds = Whole(required=True, allow_none=True, most=LONGEST_SPEECH)


class ExtensionSchema(Schema):
    """How many seconds who has the floor may speak in all."""

    seconds = Whole(required=True, most=LONGEST_SPEECH)
