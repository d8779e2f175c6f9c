"""Schemas of the list of speakers."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.people.models import Category
from consultazione.sittings.floor.models import (
    LONGEST_SPEECH,
    MOST_QUOTA,
    HandKind,
    QuotaScope,
    SpeakingOrder,
)
from consultazione.web.fields import Choice, Whole


class HandSchema(Schema):
    """The kind of a request for the floor."""

    hand_kind = Choice(HandKind, load_default=HandKind.FLOOR)


class OrderSchema(Schema):
    """The order in which hands get the floor."""

    ordering = Choice(SpeakingOrder, required=True)


class LimitSchema(Schema):
    """How long each may speak, in seconds; null for no limit."""

    seconds = Whole(required=True, allow_none=True, most=LONGEST_SPEECH)


class QuotasSchema(Schema):
    """How many seconds each category may speak in all, in the sitting or on each point."""

    quotas = fields.Dict(
        keys=fields.Enum(Category, by_value=True), values=Whole(most=MOST_QUOTA), required=True
    )
    quota_scope = Choice(QuotaScope, load_default=QuotaScope.SITTING)


class ExtensionSchema(Schema):
    """How many seconds the speaker may speak in all."""

    seconds = Whole(required=True, most=LONGEST_SPEECH)
