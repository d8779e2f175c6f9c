"""The kind of poll that grades every option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import BLANK, OWN_RULE, Result, Terms
from consultazione.sittings.polls.kinds.options import NOTHING_CHOSEN, ahead, votes_of
from consultazione.sittings.polls.rules import Electorate, Majority


class Rating:
    """A ballot grades every option from 1 to `rules.grades`, or is blank; most points win.

    Since every ballot grades all options, the one with the most points also has the highest
    mean.
    """

    name: ClassVar[str] = "rating"
    takes_options: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (BLANK,)
    sides: ClassVar[tuple[str, ...]] = ()
    majorities: ClassVar[frozenset[Majority]] = OWN_RULE

    def read(self, choice: str, terms: Terms) -> str:
        """Accept the grades of all options (`1=5,2=3`), sorted by option, or a blank ballot."""
        if choice == BLANK:
            return choice
        grades = dict(_parse_grade(part) for part in choice.split(","))
        complete = sorted(grades) == list(terms.ranks) and choice.count(",") == len(grades) - 1
        if not complete or not all(1 <= grade <= terms.rules.grades for grade in grades.values()):
            raise ValueError(choice)
        return ",".join(f"{option}={grades[option]}" for option in sorted(grades))

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """Count the points of every option, blank ballots, and how often each grade was given."""
        given = {
            (option, grade): 0
            for option in terms.ranks
            for grade in range(1, terms.rules.grades + 1)
        }
        for choice, count in counted.items():
            for part in choice.split(",") if choice != BLANK else ():
                given[_parse_grade(part)] += count
        points = dict.fromkeys(terms.ranks, 0)
        for (option, grade), count in given.items():
            points[option] += grade * count
        return {
            **{str(option): total for option, total in points.items()},
            BLANK: counted.get(BLANK, 0),
            **{f"{option}={grade}": count for (option, grade), count in given.items()},
        }

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """The option with the most points carries; several with the most are tied."""
        points = votes_of(tally, terms)
        if not any(points.values()):
            return NOTHING_CHOSEN
        leading = ahead(points)
        numbers = {"points": points[leading[0]]}
        if len(leading) > 1:
            return Result(False, "points_tie", numbers, leading)
        return Result(True, "most_points", numbers, leading)


def _parse_grade(part: str) -> tuple[int, int]:
    option, _, grade = part.partition("=")
    if not (option.isascii() and option.isdigit() and grade.isascii() and grade.isdigit()):
        raise ValueError(part)
    if len(part) > 6:
        raise ValueError(part)
    return int(option), int(grade)
