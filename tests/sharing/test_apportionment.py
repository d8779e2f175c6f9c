"""Dividing money: the parts add up, and nobody is worse off than the rule says."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.core.errors import Invalid
from consultazione.core.money import CENT, MOST
from consultazione.sharing.apportionment import apportion

AMOUNTS = st.integers(0, 10**13).map(lambda cents: cents * CENT)
WEIGHTS = st.dictionaries(st.integers(1, 400), st.integers(0, 10**7), min_size=1).filter(
    lambda weights: any(weights.values())
)


@given(AMOUNTS, WEIGHTS)
def test_the_parts_add_up_and_none_is_negative(amount: Decimal, weights: dict[int, int]) -> None:
    parts = apportion(amount, weights)
    assert sum(parts.values()) == amount
    assert min(parts.values()) >= 0
    assert parts.keys() == weights.keys()


@given(AMOUNTS, WEIGHTS)
def test_a_part_is_less_than_a_cent_from_the_exact_one(
    amount: Decimal, weights: dict[int, int]
) -> None:
    total = sum(weights.values())
    for body, part in apportion(amount, weights).items():
        assert abs(part * total - amount * weights[body]) < CENT * total


@given(AMOUNTS, WEIGHTS)
def test_a_larger_weight_never_pays_less(amount: Decimal, weights: dict[int, int]) -> None:
    parts = apportion(amount, weights)
    by_weight = [parts[body] for body in sorted(weights, key=lambda b: (weights[b], -b))]
    assert by_weight == sorted(by_weight)


@given(AMOUNTS, WEIGHTS, st.randoms())
def test_the_order_in_which_bodies_are_given_does_not_matter(
    amount: Decimal, weights: dict[int, int], random: Random
) -> None:
    shuffled = list(weights.items())
    random.shuffle(shuffled)
    assert apportion(amount, dict(shuffled)) == apportion(amount, weights)


@given(AMOUNTS, WEIGHTS, st.integers(1, 1000))
def test_the_unit_of_the_weights_does_not_matter(
    amount: Decimal, weights: dict[int, int], factor: int
) -> None:
    scaled = {body: weight * factor for body, weight in weights.items()}
    assert apportion(amount, scaled) == apportion(amount, weights)


def test_left_over_cents_go_to_the_largest_cut_then_weight_then_to_the_first() -> None:
    assert apportion(Decimal("1.00"), {3: 1, 2: 1, 1: 1}) == {
        1: Decimal("0.34"),
        2: Decimal("0.33"),
        3: Decimal("0.33"),
    }
    assert apportion(Decimal("0.01"), {1: 1, 2: 3}) == {1: Decimal(0), 2: CENT}
    equal_cuts = apportion(Decimal("0.05"), {1: 1, 2: 3, 3: 6})  # 0.5, 1.5 and 3 cents
    assert equal_cuts == {1: Decimal(0), 2: Decimal("0.02"), 3: Decimal("0.03")}


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("-0.01", "zero euro or more"),
        ("1.005", "two decimals"),
        (str(MOST + CENT), "zero euro or more"),
        ("NaN", "zero euro or more"),
    ],
)
def test_an_amount_that_cannot_be_paid_is_refused(amount: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        apportion(Decimal(amount), {1: 1})
    assert list(refused.value.fields) == ["amount"]


@pytest.mark.parametrize("weights", [{1: 0, 2: 0}, {1: -1, 2: 3}])
def test_weights_that_nobody_has_are_refused(weights: dict[int, int]) -> None:
    with pytest.raises(Invalid) as refused:
        apportion(Decimal(1), weights)
    assert list(refused.value.fields) == ["criterion"]
