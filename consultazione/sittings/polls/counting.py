"""Counts a poll: what is the same for every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from consultazione.sittings.polls.kinds.base import PollKind, Result, Terms
from consultazione.sittings.polls.rules import (
    Electorate,
    Majority,
    majority_base,
    needed,
    quorum_votes,
)

Counted = Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """A counted poll: the number of votes, their tally, that of the room alone, the result.

    room_tally: None if no votes were counted in the room. needed, of: the least votes that a
    majority takes, and of how many; None where the most votes suffice.
    """

    cast: int
    tally: dict[str, int]
    room_tally: dict[str, int] | None
    result: Result
    needed: int | None = None
    of: int | None = None


def count(
    kind: PollKind,
    terms: Terms,
    electorate: Electorate,
    *,
    online: Counted,
    room: Counted,
    void: Result | None = None,
) -> Outcome:
    """Count a poll.

    online, room: votes by canonical choice, as cast online and as counted in the room. void:
    the result if the sitting had no quorum, whatever was voted. A poll without votes, or
    without its own quorum, fails before its kind looks at the tally.
    """
    votes = Counter(online) + Counter(room)
    cast = sum(votes.values())
    tally = kind.tally(votes, terms)
    counted = _result(kind, tally, cast, terms, electorate)
    least, of = _least(kind, tally, terms, electorate, counted)
    return Outcome(
        cast=cast,
        tally=tally,
        room_tally=kind.tally(room, terms) if room else None,
        result=void or counted,
        needed=least,
        of=of,
    )


def _least(
    kind: PollKind,
    tally: Mapping[str, int],
    terms: Terms,
    electorate: Electorate,
    counted: Result,
) -> tuple[int | None, int | None]:
    """The least votes that carry, and of how many; None for both where the most votes do."""
    sides = sum(tally[word] for word in kind.sides)
    if not sides:
        return counted.numbers.get("needed"), counted.numbers.get("of")
    if terms.rules.majority is Majority.SIMPLE:
        return sides // 2 + 1, sides
    base = majority_base(terms.rules, electorate, sides)
    return needed(terms.rules, electorate, sides), base


def _result(
    kind: PollKind, tally: Mapping[str, int], cast: int, terms: Terms, electorate: Electorate
) -> Result:
    if cast == 0:
        return Result(False, "no_ballots")
    quorum = quorum_votes(terms.rules, electorate)
    if cast < quorum:
        return Result(False, "no_quorum", {"cast": cast, "quorum": quorum})
    return kind.result(tally, terms, electorate)
