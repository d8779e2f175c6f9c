"""Schemas of the forms that say what blocks and chapters serve."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.plan.needs.models import Purpose
from consultazione.web.fields import Choice, Whole


class ChapterTagsSchema(Schema):
    """The needs and priorities that a chapter answers."""

    priority_ids = fields.List(Whole(required=True), load_default=list)


class BlockTagsSchema(ChapterTagsSchema):
    """The same of a block, with the purposes that it serves."""

    purposes = fields.List(Choice(Purpose, required=True), load_default=list)
