"""How participatory budgets are counted: pure, with the ties that are stated."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.core.errors import Invalid
from consultazione.sharing.budgets.methods import METHODS, read_choice
from consultazione.sharing.budgets.methods.base import (
    LEAST_ANSWERS,
    Candidate,
    Choice,
    Terms,
    result_of,
)
from consultazione.sharing.budgets.models import BudgetMethod

KNAPSACK, POINTS, RANKING = (METHODS[method] for method in BudgetMethod)
BUS, DESK, GARDEN = 1, 2, 3
TERMS = Terms(
    items=[
        Candidate(BUS, 1, "Bus", Decimal(600)),
        Candidate(DESK, 2, "Desk", Decimal(500)),
        Candidate(GARDEN, 3, "Garden", Decimal(400)),
    ],
    funds=Decimal(1000),
    points=10,
)


def rows(method: BudgetMethod, *choices: Choice) -> list[tuple[int, int, int, bool]]:
    result = result_of(METHODS[method], choices, TERMS)
    return [(r["item_id"], r["score"], r["supporters"], r["chosen"]) for r in result["rows"]]


def test_a_knapsack_takes_by_votes_what_fits() -> None:
    counted = rows(BudgetMethod.KNAPSACK, *[{BUS: 1}] * 3, *[{DESK: 1, GARDEN: 1}] * 2)
    assert counted == [(BUS, 3, 3, True), (GARDEN, 2, 2, True), (DESK, 2, 2, False)]


def test_what_does_not_fit_is_passed_over() -> None:
    votes = [{BUS: 1}] * 4 + [{DESK: 1}] * 3 + [{GARDEN: 1}] * 2
    assert [row[3] for row in rows(BudgetMethod.KNAPSACK, *votes)] == [True, False, True]


def test_points_are_added_and_ties_go_to_more_supporters_then_the_cheaper() -> None:
    answers = [{BUS: 10}, {BUS: 2}, {DESK: 4, GARDEN: 4}, {DESK: 4, GARDEN: 8}, {DESK: 4}]
    assert rows(BudgetMethod.POINTS, *answers) == [
        (DESK, 12, 3, True),
        (GARDEN, 12, 2, True),
        (BUS, 12, 2, False),
    ]


def test_a_ranking_is_counted_after_borda() -> None:
    answers = [{BUS: 1, DESK: 2, GARDEN: 3}] * 3 + [{DESK: 1}] * 2
    assert rows(BudgetMethod.RANKING, *answers) == [
        (DESK, 12, 5, True),
        (BUS, 9, 3, False),
        (GARDEN, 3, 3, True),
    ]


def test_what_nobody_wants_is_not_chosen() -> None:
    assert rows(BudgetMethod.KNAPSACK, *[{BUS: 1}] * 5)[1:] == [
        (GARDEN, 0, 0, False),
        (DESK, 0, 0, False),
    ]


def test_a_few_answers_are_not_shown() -> None:
    few = result_of(KNAPSACK, [{BUS: 1}] * (LEAST_ANSWERS - 1), TERMS)
    assert few == {"answers": 4, "too_few": True, "rows": [], "spent": "0.00"}


@given(
    st.lists(
        st.dictionaries(st.sampled_from([BUS, DESK, GARDEN]), st.integers(1, 10), min_size=1),
        min_size=LEAST_ANSWERS,
    ),
    st.randoms(),
)
def test_the_order_of_answers_does_not_matter_and_funds_are_kept(
    choices: list[dict[int, int]], random: Random
) -> None:
    result = result_of(POINTS, choices, TERMS)
    spent = sum(Decimal(row["cost"]) for row in result["rows"] if row["chosen"])
    assert Decimal(result["spent"]) == spent <= TERMS.funds
    assert sum(row["score"] for row in result["rows"]) == sum(sum(c.values()) for c in choices)
    shuffled = list(choices)
    random.shuffle(shuffled)
    assert result_of(POINTS, shuffled, TERMS) == result


@given(st.lists(st.permutations([BUS, DESK, GARDEN]), min_size=LEAST_ANSWERS))
def test_who_moves_an_item_up_never_harms_it(orders: list[list[int]]) -> None:
    """Monotony of the Borda count."""

    def score(lists: list[list[int]]) -> int:
        answers = [{item: place for place, item in enumerate(one, 1)} for one in lists]
        return next(row[1] for row in rows(BudgetMethod.RANKING, *answers) if row[0] == BUS)

    higher = [[BUS, *(item for item in orders[0] if item != BUS)], *orders[1:]]
    assert score(higher) >= score(orders)


@pytest.mark.parametrize(
    ("method", "given", "field"),
    [
        (BudgetMethod.KNAPSACK, {}, "answer"),
        (BudgetMethod.KNAPSACK, {BUS: 0}, "answer"),
        (BudgetMethod.KNAPSACK, {BUS: 1, DESK: 1}, "answer"),
        (BudgetMethod.KNAPSACK, {BUS: 2}, "item-1"),
        (BudgetMethod.KNAPSACK, {9: 1}, "item-9"),
        (BudgetMethod.POINTS, {}, "answer"),
        (BudgetMethod.POINTS, {BUS: 6, DESK: 5}, "answer"),
        (BudgetMethod.POINTS, {BUS: -1}, "item-1"),
        (BudgetMethod.RANKING, {}, "answer"),
        (BudgetMethod.RANKING, {BUS: 1, DESK: 1}, "answer"),
        (BudgetMethod.RANKING, {BUS: 1, DESK: 3}, "answer"),
        (BudgetMethod.RANKING, {BUS: 4}, "item-1"),
    ],
)
def test_what_is_no_answer_is_refused(
    method: BudgetMethod, given: dict[int, int], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read_choice(METHODS[method], given, TERMS)
    assert list(refused.value.fields) == [field]


def test_an_answer_is_read_without_what_was_left_at_zero() -> None:
    assert read_choice(KNAPSACK, {BUS: 1, DESK: 0, GARDEN: 1}, TERMS) == {BUS: 1, GARDEN: 1}
    assert read_choice(RANKING, {BUS: 2, GARDEN: 1}, TERMS) == {BUS: 2, GARDEN: 1}
