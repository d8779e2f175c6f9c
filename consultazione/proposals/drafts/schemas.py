"""Schemas of drafts of proposals: anything may be missing, and hardly anything is too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from marshmallow import Schema, fields

from consultazione.web.fields import Line, Prose, Whole

# More than is taken when a proposal is handed in: whoever writes too much loses none of it.
_MUCH = 40_000


class DraftSchema(Schema):
    """What was typed so far."""

    table_id = Whole(load_default=None)
    title = Line(least=0, most=300, load_default="")
    body = Prose(least=0, most=_MUCH, load_default="")
    need = Prose(least=0, most=_MUCH, load_default="")
    effect = Prose(least=0, most=_MUCH, load_default="")
    chapter_id = Whole(load_default=None)
    priority_id = Whole(load_default=None)
    need_ids = fields.List(Whole(), load_default=list)


class SaveDraftSchema(DraftSchema):
    """The same from a form, which knows the version that was read."""

    version = Whole(load_default=None)


class ProposalDraftOut(Schema):
    """A draft, for its author alone."""

    id = fields.Integer()
    cycle_id = fields.Integer()
    answers = fields.Nested(DraftSchema)
    version = fields.Integer()
    begun_at = fields.AwareDateTime()
    saved_at = fields.AwareDateTime()


class DraftAnswers(TypedDict):
    """What `DraftSchema` reads."""

    table_id: int | None
    title: str
    body: str
    need: str
    effect: str
    chapter_id: int | None
    priority_id: int | None
    need_ids: list[int]


def answers_of(loaded: Mapping[str, object]) -> Mapping[str, object]:
    """What `DraftSchema` has read, without what was left empty."""
    return {name: value for name, value in loaded.items() if value not in (None, "", [])}
