"""The shape of a question as it is sent: from the room's form and by programs."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from consultazione.sittings.polling.checks import MOST_OPTIONS
from consultazione.sittings.polls import DEFAULT, KINDS
from consultazione.sittings.polls.rules import (
    Franchise,
    Majority,
    MajorityOf,
    QuorumOf,
    Rules,
)
from consultazione.web.fields import Choice, Line, Prose, Whole

_RULES = tuple(field.name for field in dataclass_fields(Rules))


class RulesSchema(Schema):
    """The rules of a poll; what is not named is as simple as can be."""

    majority = Choice(Majority, load_default=Majority.SIMPLE)
    majority_of = Choice(MajorityOf, load_default=MajorityOf.VOTERS)
    quorum = Whole(least=0, most=1_000_000, load_default=0)
    quorum_of = Choice(QuorumOf, load_default=QuorumOf.NUMBER)
    franchise = Choice(Franchise, load_default=Franchise.PERSONS)
    entitled = Whole(most=1_000_000, load_default=None, allow_none=True)
    secret = fields.Boolean(load_default=False)
    changeable = fields.Boolean(load_default=True)
    live = fields.Boolean(load_default=False)
    least = Whole(most=MOST_OPTIONS, load_default=1)
    most = Whole(most=MOST_OPTIONS, load_default=1)
    grades = Whole(least=2, most=10, load_default=5)


class QuestionSchema(RulesSchema):
    """A question for those present, its options, its rules; weights by organisation."""

    question = Prose(required=True, most=1000)
    poll_kind = fields.String(load_default=DEFAULT, validate=validate.OneOf(list(KINDS)))
    options = fields.List(
        Line(most=200), load_default=list, validate=validate.Length(max=MOST_OPTIONS)
    )
    weights = fields.Dict(
        keys=Whole(), values=Whole(most=1_000_000), load_default=dict,
        validate=validate.Length(max=500),
    )  # fmt: skip

    @post_load
    def _rules(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        rules = Rules(**{name: data.pop(name) for name in _RULES})
        return {**data, "rules": rules}
