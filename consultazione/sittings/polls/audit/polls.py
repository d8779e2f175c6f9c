"""What polls, their options and their results must say by the sitting's stream."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from consultazione.core.audit import (
    AT,
    ITEM,
    NOTHING,
    OF_STREAM,
    Audit,
    Is,
    Part,
    Past,
    Said,
    adds,
    adds_each,
    register,
    sets,
)
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.polls.models import (
    AnnulReason,
    Poll,
    PollOption,
    PollState,
    PollWeight,
)
from consultazione.sittings.polls.rules import Rules
from consultazione.sittings.polls.voters.basis import Basis

_RULES = [field.name for field in fields(Rules)]
_BASIS = [field.name for field in fields(Basis)]
_STANDING = ("attendance_needed", "attendance_there")
_NO_RESULT = {"poll_id", "electorate"}


def _part(names: Iterable[str]) -> object:
    """These fields of the entry, as far as it has them; nothing if none of them is known."""

    def read(entry: Past, _said: Said) -> object:
        named = {name: entry.data[name] for name in names if name in entry.data}
        known = any(value is not None for value in named.values())
        return Part(named) if known else NOTHING

    return read


def _result(entry: Past, _said: Said) -> Part:
    return Part({name: value for name, value in entry.data.items() if name not in _NO_RESULT})


def _explanation(entry: Past, _said: Said) -> object:
    """The chair's words; what explains itself has none."""
    return entry.data["explanation"] if entry.data["reason"] == AnnulReason.BY_CHAIR else None


_POLL = {"id": "poll_id"}
POLL = Audit(
    Poll,
    adds(
        "poll.opened",
        **_POLL,
        sitting_id=OF_STREAM,
        point_id="point_id",
        kind="poll_kind",
        question="question",
        state=Is(PollState.OPEN),
        opened_at=AT,
        closed_at=Is(None),
        effect="effect",
        rules=_part(_RULES),
        basis=_part(_BASIS),
        electorate=Is(None),
        standing=_part(_STANDING),
        result=Is(None),
        annulled_because=Is(None),
        explanation=Is(None),
    ),
    sets(
        "poll.closed",
        **_POLL,
        state=Is(PollState.CLOSED),
        closed_at=AT,
        electorate="electorate",
        result=_result,
    ),
    sets(
        "poll.annulled",
        **_POLL,
        state=Is(PollState.ANNULLED),
        closed_at=AT,
        electorate=Is(None),
        result=Is(None),
        annulled_because="reason",
        explanation=_explanation,
    ),
    only=Poll.sitting_id < EPHEMERAL_FROM,
)
OPTION = Audit(
    PollOption,
    adds("poll.option_offered", poll_id="poll_id", rank="rank", label="label"),
    only=PollOption.poll_id < EPHEMERAL_FROM,
)


def _weights(entry: Past) -> Iterable[tuple[int, int]]:
    return [(int(key), weight) for key, weight in (entry.data.get("weights") or {}).items()]


def _organisation(entry: Past, _said: Said) -> object:
    return entry.data[ITEM][0]


def _weight(entry: Past, _said: Said) -> object:
    return entry.data[ITEM][1]


WEIGHT = Audit(
    PollWeight,
    adds_each(
        "poll.opened", _weights, poll_id="poll_id", organisation_id=_organisation, weight=_weight
    ),
    only=PollWeight.poll_id < EPHEMERAL_FROM,
)


register("sitting", audits=(POLL, OPTION, WEIGHT), apart=True)
