"""What kinds of poll with options share: reading option numbers, and who is ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consultazione.sittings.polls.kinds.base import BLANK, Result, Terms
from consultazione.sittings.polls.rules import Electorate, Majority, majority_base, needed

NOTHING_CHOSEN = Result(False, "only_blank")


def ranks_of(choice: str, separator: str, terms: Terms) -> list[int]:
    """The options that a choice names, each once; ValueError if one is not offered."""
    ranks = [int(part) for part in choice.split(separator) if _is_plain(part)]
    if len(ranks) != len(choice.split(separator)) or len(set(ranks)) != len(ranks):
        raise ValueError(choice)
    if not set(ranks) <= set(terms.ranks):
        raise ValueError(choice)
    return ranks


def ahead(votes: Mapping[int, int]) -> tuple[int, ...]:
    """The options with the most votes."""
    best = max(votes.values())
    return tuple(option for option, count in votes.items() if count == best)


def most_voted(
    votes: Mapping[int, int], ballots: int, terms: Terms, electorate: Electorate
) -> Result:
    """The option with the most votes, or those that reach the majority asked for.

    ballots: how many of the votes chose something. Options that are level are stated as
    tied, and nothing is decided by lot.
    """
    if ballots == 0:
        return NOTHING_CHOSEN
    if terms.rules.majority is Majority.SIMPLE:
        return _first(votes)
    least = needed(terms.rules, electorate, ballots)
    of = majority_base(terms.rules, electorate, ballots)
    reached = tuple(option for option, count in votes.items() if count >= least)
    numbers = {"votes": max(votes.values()), "needed": least, "of": of}
    return Result(bool(reached), "reached" if reached else "not_reached", numbers, reached)


def by_option(counted: Mapping[str, int], terms: Terms, separator: str) -> dict[str, int]:
    """The votes of each option, where a choice names one or several."""
    votes = dict.fromkeys(terms.ranks, 0)
    for choice, count in counted.items():
        if choice != BLANK:
            for option in ranks_of(choice, separator, terms):
                votes[option] += count
    return {str(option): count for option, count in votes.items()}


def votes_of(tally: Mapping[str, int], terms: Terms) -> dict[int, int]:
    """The votes of each option in a tally, by its number."""
    return {option: tally[str(option)] for option in terms.ranks}


def _first(votes: Mapping[int, int]) -> Result:
    first: Sequence[int] = ahead(votes)
    numbers = {"votes": votes[first[0]]}
    if len(first) > 1:
        return Result(False, "options_tie", numbers, tuple(first))
    return Result(True, "most_votes", numbers, tuple(first))


def _is_plain(part: str) -> bool:
    return part.isascii() and part.isdigit() and not part.startswith("0") and len(part) < 4
