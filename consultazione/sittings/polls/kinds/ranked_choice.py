"""The kind of poll that ranks options, counted by instant run-off.

In each round a ballot counts for the option that it prefers among those left; a ballot
that ranks none of them is exhausted. An option with more than half of the ballots that
still count wins; otherwise the option with the fewest is eliminated. If several have the
fewest, the one is eliminated that had fewer in the latest earlier round in which they
differed or, if they never did, the one that was offered later. If all options left have
the same votes, they are tied; nothing is decided by lot.
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
    """A ballot ranks as many options as the voter likes, or is blank."""

    name: ClassVar[str] = "ranked_choice"
    takes_options: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (BLANK,)
    sides: ClassVar[tuple[str, ...]] = ()
    majorities: ClassVar[frozenset[Majority]] = OWN_RULE

    def read(self, choice: str, terms: Terms) -> str:
        """Accept the numbers of options, the preferred first (`3>1>2`), or a blank ballot."""
        if choice != BLANK:
            ranks_of(choice, ">", terms)
        return choice

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """Count, for each round, the votes of the options left and the exhausted ballots."""
        ballots = {
            tuple(ranks_of(choice, ">", terms)): count
            for choice, count in counted.items()
            if choice != BLANK
        }
        tally = {BLANK: counted.get(BLANK, 0)}
        for number, votes in enumerate(_rounds(ballots, list(terms.ranks)), start=1):
            tally |= {f"{number}/{option}": count for option, count in votes.items()}
            tally[f"{number}/{EXHAUSTED}"] = sum(ballots.values()) - sum(votes.values())
        return tally

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """The winner of the last round carries; several may be tied there."""
        played = rounds_of(tally)
        last = played[-1]
        if not any(played[0].values()):
            return NOTHING_CHOSEN
        leading = ahead(last)
        numbers = {
            "votes": last[leading[0]],
            "of": sum(last.values()),
            "rounds": len(played),
            "exhausted": tally[f"{len(played)}/{EXHAUSTED}"],
            "ties": sum(_is_tied(votes) for votes in played[:-1]),
        }
        if len(leading) > 1:
            return Result(False, "run_off_tie", numbers, leading)
        return Result(
            True, "run_off_after_ties" if numbers["ties"] else "run_off", numbers, leading
        )


def rounds_of(tally: Mapping[str, int]) -> list[Round]:
    """Return the rounds of a tally, each as the votes of the options left in it."""
    rounds: dict[int, Round] = {}
    for key, count in tally.items():
        number, _, option = key.partition("/")
        if option and option != EXHAUSTED:
            rounds.setdefault(int(number), {})[int(option)] = count
    return [dict(sorted(rounds[number].items())) for number in sorted(rounds)]


def _rounds(ballots: Mapping[tuple[int, ...], int], left: list[int]) -> Iterator[Round]:
    played: list[Round] = []
    while True:
        votes = _count_round(ballots, left)
        played.append(votes)
        yield votes
        if max(votes.values()) * 2 > sum(votes.values()) or len(set(votes.values())) == 1:
            return
        left = [option for option in left if option != _eliminated(played)]


def _count_round(ballots: Mapping[tuple[int, ...], int], left: Sequence[int]) -> Round:
    votes = dict.fromkeys(left, 0)
    for order, count in ballots.items():
        preferred = next((option for option in order if option in votes), None)
        if preferred is not None:
            votes[preferred] += count
    return votes


def _eliminated(played: Sequence[Round]) -> int:
    """Return the option to eliminate: the fewest votes now, or before, or offered last."""
    candidates = list(played[-1])
    for votes in reversed(played):
        fewest = min(votes[option] for option in candidates)
        candidates = [option for option in candidates if votes[option] == fewest]
    return max(candidates)


def _is_tied(votes: Round) -> bool:
    """Return whether several options have the fewest votes."""
    return list(votes.values()).count(min(votes.values())) > 1
