"""Schemas of polls, ballots and receipts."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from consultazione.sittings.polls.kinds import DEFAULT, KINDS
from consultazione.sittings.polls.rules import (
    Effect,
    Franchise,
    Majority,
    MajorityOf,
    QuorumOf,
    Rules,
)
from consultazione.sittings.polls.validation import MOST_OPTIONS
from consultazione.web.fields import Choice, Line, PageArgs, Prose, Whole

_RULES = tuple(field.name for field in dataclass_fields(Rules))


class RulesSchema(Schema):
    """The rules of a poll; what is not named is simple, and who votes is as the table says."""

    majority = Choice(Majority, load_default=Majority.SIMPLE)
    majority_of = Choice(MajorityOf, load_default=MajorityOf.VOTERS)
    quorum = Whole(least=0, most=1_000_000, load_default=0)
    quorum_of = Choice(QuorumOf, load_default=QuorumOf.NUMBER)
    franchise = Choice(Franchise, load_default=None, allow_none=True)
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
    effect = Choice(Effect, load_default=Effect.BINDING)
    options = fields.List(
        Line(most=200), load_default=list, validate=validate.Length(max=MOST_OPTIONS)
    )
    weights = fields.Dict(
        keys=Whole(), values=Whole(most=1_000_000), load_default=dict,
        validate=validate.Length(max=500),
    )  # fmt: skip

    @post_load
    def _rules(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        named = {name: data.pop(name) for name in _RULES}
        by_table = named["franchise"] is None
        rules = Rules(
            **{name: value for name, value in named.items() if name != "franchise" or value}
        )
        return {**data, "rules": rules, "by_table": by_table}


class BallotSchema(Schema):
    """A vote, in the notation of the poll's kind."""

    choice = Line(required=True, most=300)


class GestureSchema(BallotSchema):
    """A vote for oneself and for those whose proxy one holds.

    by_proxy: other choices for some of these, by the id of the proxy.
    """

    by_proxy = fields.Dict(
        keys=Whole(), values=Line(most=300), load_default=dict, validate=validate.Length(max=10)
    )


class RoomVotesSchema(BallotSchema):
    """Votes that were counted in the room for one choice; 0 takes them away."""

    votes = Whole(required=True, least=0, most=1_000_000)


class ElectorOut(Schema):
    """An organisation that is entitled in a poll: its votes, whether it was there, and voted.

    present, voted: null while the poll is open; voted also where the poll is secret.
    """

    id = fields.Integer()
    name = fields.String()
    votes = fields.Integer()
    present = fields.Boolean(allow_none=True)
    voted = fields.Boolean(allow_none=True)


class PollOut(Schema):
    """A poll with its electorate, its base, and its arithmetic in the sentence of every page.

    organisations: those entitled, null where persons vote. electorate: the votes of those
    present. What a closed poll has is null before.
    """

    id = fields.Integer()
    question = fields.String()
    state = fields.String()
    effect = fields.String()
    voters = fields.String(allow_none=True)
    organisations = fields.List(fields.Nested(ElectorOut), allow_none=True)
    entitled = fields.Integer(allow_none=True)
    electorate = fields.Integer(allow_none=True)
    unregistered = fields.Integer(allow_none=True)
    represented = fields.Integer(allow_none=True)
    cast = fields.Integer(allow_none=True)
    quorum_votes = fields.Integer(allow_none=True)
    needed = fields.Integer(allow_none=True)
    needed_of = fields.Integer(allow_none=True)
    tally = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)
    carried = fields.Boolean(allow_none=True)
    arithmetic = fields.String(allow_none=True)


class ReceiptOut(Schema):
    """A voter's receipt of a secret poll."""

    receipt = fields.String()


class ReceiptArgs(Schema):
    """Which receipts: those whose digests are beyond one, so many at a time."""

    after = Line(load_default="", most=64)
    limit = Whole(load_default=1000, most=10_000)


class ReceiptsOut(Schema):
    """SHA-256 digests of the receipts of a closed secret poll, sorted; where the next ones are."""

    receipts = fields.List(fields.String())
    next = fields.String(allow_none=True)


class VoteArgs(PageArgs):
    """Which voters: those whose person ids are above a number, so many at a time."""


class VoteOut(Schema):
    """A voter in an open poll, by name, with the choice in its notation and in words.

    by_proxy: who voted for them by proxy; null where they voted themselves.
    """

    person_id = fields.Integer()
    person = fields.String()
    organisation = fields.String(allow_none=True)
    by_proxy = fields.String(allow_none=True)
    choice = fields.String()
    said = fields.String()


class VotePage(Schema):
    """Voters by the ids of their persons, and where the next ones are; null at the end."""

    items = fields.List(fields.Nested(VoteOut))
    next = fields.String(allow_none=True)
