"""What the kinds of poll with options share: option numbers, votes, leaders."""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.sittings.polls.kinds.base import BLANK, Result, Terms
from consultazione.sittings.polls.rules import Electorate, Majority, majority_base, needed

NOTHING_CHOSEN = Result(False, "only_blank")


def ranks_of(choice: str, separator: str, terms: Terms) -> list[int]:
    """Return the option numbers in a choice; ValueError if one repeats or is not offered."""
    ranks = [int(part) for part in choice.split(separator) if _is_number(part)]
    if len(ranks) != len(choice.split(separator)) or len(set(ranks)) != len(ranks):
        raise ValueError(choice)
    if not set(ranks) <= set(terms.ranks):
        raise ValueError(choice)
    return ranks


def ahead(votes: Mapping[int, int]) -> tuple[int, ...]:
    """Return the numbers of the options with the most votes."""
    most = max(votes.values())
    return tuple(option for option, count in votes.items() if count == most)


def most_voted(
    votes: Mapping[int, int], ballots: int, terms: Terms, electorate: Electorate
) -> Result:
    """Return the result for the option with the most votes, or for all that reach a majority.

    ballots: how many ballots made a choice. With a simple majority, several options with the
    most votes are tied; nothing is decided by lot.
    """
    if ballots == 0:
        return NOTHING_CHOSEN
    if terms.rules.majority is Majority.SIMPLE:
        return _most_votes(votes)
    least = needed(terms.rules, electorate, ballots)
    base = majority_base(terms.rules, electorate, ballots)
    reached = tuple(option for option, count in votes.items() if count >= least)
    numbers = {"votes": max(votes.values()), "needed": least, "of": base}
    return Result(bool(reached), "reached" if reached else "not_reached", numbers, reached)


def by_option(counted: Mapping[str, int], terms: Terms, separator: str) -> dict[str, int]:
    """Count the votes of each option, where a choice names one or several."""
    votes = dict.fromkeys(terms.ranks, 0)
    for choice, count in counted.items():
        if choice != BLANK:
            for option in ranks_of(choice, separator, terms):
                votes[option] += count
    return {str(option): count for option, count in votes.items()}


def votes_of(tally: Mapping[str, int], terms: Terms) -> dict[int, int]:
    """Return the votes of each option in a tally, by option number."""
    return {option: tally[str(option)] for option in terms.ranks}


def _most_votes(votes: Mapping[int, int]) -> Result:
    leading = ahead(votes)
    numbers = {"votes": votes[leading[0]]}
    if len(leading) > 1:
        return Result(False, "options_tie", numbers, leading)
    return Result(True, "most_votes", numbers, leading)


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and not part.startswith("0") and len(part) < 4
