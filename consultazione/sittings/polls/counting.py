"""From counted ballots to a result: what is the same for every kind of poll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from consultazione.sittings.polls.kinds.base import PollKind, Result, Terms
from consultazione.sittings.polls.rules import Electorate, quorum_votes

Counted = Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """A poll as it was counted: votes cast, all of them by key, those of the room apart."""

    cast: int
    tally: dict[str, int]
    room_tally: dict[str, int] | None
    result: Result


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

    online: votes by canonical choice as they were cast, room: as they were counted in the
    room. void: the result whatever was voted, where the sitting could not decide. Nobody's
    vote and a missed quorum are told apart before the kind is asked.
    """
    together = Counter(online) + Counter(room)
    cast = sum(together.values())
    tally = kind.tally(together, terms)
    return Outcome(
        cast=cast,
        tally=tally,
        room_tally=kind.tally(room, terms) if room else None,
        result=void or _result(kind, tally, cast, terms, electorate),
    )


def _result(
    kind: PollKind, tally: Mapping[str, int], cast: int, terms: Terms, electorate: Electorate
) -> Result:
    if cast == 0:
        return Result(False, "no_ballots")
    asked = quorum_votes(terms.rules, electorate)
    if cast < asked:
        return Result(False, "no_quorum", {"cast": cast, "quorum": asked})
    return kind.result(tally, terms, electorate)
