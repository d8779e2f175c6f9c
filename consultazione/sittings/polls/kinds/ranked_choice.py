"""Options in order of preference, counted by instant run-off.

Round by round each ballot counts for the option that it prefers among those left; a
ballot that names none of them is exhausted. Who has more than half of the ballots that
still count prevails; else the option with the fewest leaves. Of several with the fewest,
the one leaves that had fewer in the latest earlier round in which they differed; if they
never differed, the one that was offered later. If all that are left are level, they are
tied, and nothing is decided by lot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import BLANK, OWN_RULE, Result, Terms
from consultazione.sittings.polls.kinds.options import NOTHING_CHOSEN, ahead, ranks_of
from consultazione.sittings.polls.rules import Electorate, Majority

EXHAUSTED = "exhausted"
Round = dict[int, int]


class RankedChoice:
    """A ballot orders as many options as it likes, or is blank."""

    name: ClassVar[str] = "ranked_choice"
    takes_options: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (BLANK,)
    majorities: ClassVar[frozenset[Majority]] = OWN_RULE

    def read(self, choice: str, terms: Terms) -> str:
        """The numbers of options, the preferred first (`3>1>2`), or a blank ballot."""
        if choice != BLANK:
            ranks_of(choice, ">", terms)
        return choice

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """The votes of every option left in each round, and the ballots exhausted by then."""
        ballots = {
            tuple(ranks_of(choice, ">", terms)): count
            for choice, count in counted.items()
            if choice != BLANK
        }
        found = {BLANK: counted.get(BLANK, 0)}
        for number, votes in enumerate(_rounds(ballots, list(terms.ranks)), start=1):
            found |= {f"{number}/{option}": count for option, count in votes.items()}
            found[f"{number}/{EXHAUSTED}"] = sum(ballots.values()) - sum(votes.values())
        return found

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """Who prevails in the last round, or who is tied there."""
        played = rounds_of(tally)
        last = played[-1]
        if not any(played[0].values()):
            return NOTHING_CHOSEN
        first = ahead(last)
        numbers = {
            "votes": last[first[0]],
            "of": sum(last.values()),
            "rounds": len(played),
            "exhausted": tally[f"{len(played)}/{EXHAUSTED}"],
            "ties": sum(_is_tied(votes) for votes in played[:-1]),
        }
        if len(first) > 1:
            return Result(False, "run_off_tie", numbers, first)
        return Result(True, "run_off", numbers, first)


def rounds_of(tally: Mapping[str, int]) -> list[Round]:
    """The rounds of a tally, each the votes of the options that were left in it."""
    found: dict[int, Round] = {}
    for key, count in tally.items():
        number, _, option = key.partition("/")
        if option and option != EXHAUSTED:
            found.setdefault(int(number), {})[int(option)] = count
    return [dict(sorted(found[number].items())) for number in sorted(found)]


def _rounds(ballots: Mapping[tuple[int, ...], int], left: list[int]) -> Iterator[Round]:
    played: list[Round] = []
    while True:
        votes = _count(ballots, left)
        played.append(votes)
        yield votes
        if max(votes.values()) * 2 > sum(votes.values()) or len(set(votes.values())) == 1:
            return
        left = [option for option in left if option != _last(played)]


def _count(ballots: Mapping[tuple[int, ...], int], left: Sequence[int]) -> Round:
    votes = dict.fromkeys(left, 0)
    for order, count in ballots.items():
        preferred = next((option for option in order if option in votes), None)
        if preferred is not None:
            votes[preferred] += count
    return votes


def _last(played: Sequence[Round]) -> int:
    """Who leaves: the fewest now, else in the latest round before, else offered later."""
    candidates = list(played[-1])
    for votes in reversed(played):
        fewest = min(votes[option] for option in candidates)
        candidates = [option for option in candidates if votes[option] == fewest]
    return max(candidates)


def _is_tied(votes: Round) -> bool:
    """True if more than one option had the fewest votes."""
    return list(votes.values()).count(min(votes.values())) > 1
