"""What a method of a participatory budget is: which answers it admits, how it scores them.

A method is one class in a file of its own and one line in `methods/__init__.py`. All share what
follows from the scores: items in the order of their scores; between equal scores the one that
more persons gave something to, then the cheaper, then the one with the lower number. From that
order items are taken as long as they fit into the funds; one that does not fit is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypedDict

from consultazione.core.errors import Sentence

# A number by the id of an item; items that were left out are missing.
Choice = Mapping[int, int]
# With fewer answers, sums would show what single persons answered.
LEAST_ANSWERS = 5


@dataclass(frozen=True)
class Candidate:
    """An item that money can be spent on; cost in euro."""

    id: int
    number: int
    title: str
    cost: Decimal


@dataclass(frozen=True)
class Terms:
    """What answers are held against: the items, the funds in euro, the points of a person."""

    items: Sequence[Candidate]
    funds: Decimal
    points: int


class ResultRow(TypedDict):
    """An item in the result: its score, how many persons gave it anything, if it is chosen."""

    item_id: int
    number: int
    title: str
    cost: str
    score: int
    supporters: int
    chosen: bool


class Result(TypedDict):
    """A result: the items from the first to the last, and what the chosen ones cost, in euro.

    too_few: there were fewer than LEAST_ANSWERS; then there are no rows.
    """

    answers: int
    too_few: bool
    rows: list[ResultRow]
    spent: str


class Method(Protocol):
    """A way to answer and to count."""

    # What it is called, how one answers, and how answers are counted.
    name: Sentence
    how: Sentence
    counting: Sentence
    # What the number beside an item is, for the person who answers and in the result.
    unit: Sentence
    score: Sentence

    def check(self, choice: Choice, terms: Terms) -> None:
        """Raise Invalid, on `answer` or on `item-<id>`, unless this is an answer."""

    def most(self, terms: Terms) -> int:
        """The largest number that can stand beside an item."""

    def scores(self, choice: Choice, terms: Terms) -> Mapping[int, int]:
        """What one answer adds to the score of each item."""


def result_of(method: Method, choices: Iterable[Choice], terms: Terms) -> Result:
    """The result, as JSON values, whatever the order of the answers."""
    counted = list(choices)
    if len(counted) < LEAST_ANSWERS:
        return {"answers": len(counted), "too_few": True, "rows": [], "spent": "0.00"}
    score = {item.id: 0 for item in terms.items}
    supporters = dict(score)
    for choice in counted:
        for item_id, points in method.scores(choice, terms).items():
            score[item_id] += points
            supporters[item_id] += 1
    order = sorted(terms.items, key=lambda i: (-score[i.id], -supporters[i.id], i.cost, i.number))
    chosen, spent = _within(order, terms.funds, score)
    rows: list[ResultRow] = [
        {
            "item_id": item.id,
            "number": item.number,
            "title": item.title,
            "cost": str(item.cost),
            "score": score[item.id],
            "supporters": supporters[item.id],
            "chosen": item.id in chosen,
        }
        for item in order
    ]
    return {"answers": len(counted), "too_few": False, "rows": rows, "spent": str(spent)}


def _within(
    order: Iterable[Candidate], funds: Decimal, score: Mapping[int, int]
) -> tuple[set[int], Decimal]:
    """Which items fit into the funds, the first first, and what they cost; none without a score."""
    chosen, spent = set(), Decimal("0.00")
    for item in order:
        if score[item.id] > 0 and spent + item.cost <= funds:
            chosen.add(item.id)
            spent += item.cost
    return chosen, spent
