"""Shapes of what is sent about notices, and of what REST answers."""

from __future__ import annotations

from typing import Any, TypedDict

from marshmallow import Schema, fields

from consultazione.notices.models import Channel, SubjectKind
from consultazione.web.fields import Choice, Whole


class SubjectSchema(Schema):
    """Something to follow, or not any more."""

    kind = Choice(SubjectKind, required=True)
    subject_id = Whole(required=True, least=1)


class ReadSchema(Schema):
    """Up to which notice somebody has read."""

    until = Whole(required=True, least=1)


class Read(TypedDict):
    """The same, once it was loaded."""

    until: int


class ChannelsSchema(Schema):
    """How somebody is told of each group."""

    proposals = Choice(Channel, required=True)
    discussion = Choice(Channel, required=True)
    sittings = Choice(Channel, required=True)
    documents = Choice(Channel, required=True)
    tasks = Choice(Channel, required=True)


class ChoiceOrNone(Choice):
    """The same, or nothing: as everywhere."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        return None if value == "" else super()._deserialize(value, attr, data, **kwargs)


class TableChannelsSchema(Schema):
    """How somebody is told of each group at one table."""

    proposals = ChoiceOrNone(Channel, load_default=None)
    discussion = ChoiceOrNone(Channel, load_default=None)
    sittings = ChoiceOrNone(Channel, load_default=None)
    documents = ChoiceOrNone(Channel, load_default=None)


class NoticeOut(Schema):
    """A notice; title, sentence, quote and url are null for what may not be read any more."""

    id = fields.Integer()
    topic = fields.String()
    made_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)
    table_id = fields.Integer(allow_none=True)
    title = fields.String(allow_none=True)
    sentence = fields.String(allow_none=True)
    quote = fields.String(allow_none=True)
    url = fields.String(allow_none=True)
