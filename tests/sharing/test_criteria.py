"""Criteria: how much a body weighs, what is refused, what a change costs whom."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.core.errors import Invalid
from consultazione.core.money import CENT
from consultazione.sharing.apportionment import apportion
from consultazione.sharing.comparison import Division, Share, compare, totals
from consultazione.sharing.criteria import (
    BASES,
    Criterion,
    CriterionKind,
    Payer,
    check_percentages,
    weights_of,
)

POPULATION, USERS, FIXED = BASES
MIXED = CriterionKind.MIXED
BY_HEAD, BY_USE = Criterion(POPULATION), Criterion(USERS)
EQUAL = Criterion(FIXED, parts={1: 1, 2: 1, 3: 1})
TOWNS = (Payer(1, "Alba", 1000, 10), Payer(2, "Bosco", 3000, 10), Payer(3, "Cima", 6000, 30))


def mixed(population: str, users: str, fixed: str) -> Criterion:
    shares = zip(BASES, map(Decimal, (population, users, fixed)), strict=True)
    return Criterion(MIXED, parts=EQUAL.parts, percentages=dict(shares))


def refusal(criterion: Criterion, payers: Sequence[Payer] = TOWNS) -> Invalid:
    with pytest.raises(Invalid) as refused:
        weights_of(criterion, payers)
    return refused.value


def paid(criterion: Criterion, amount: str) -> list[Decimal]:
    return list(apportion(Decimal(amount), weights_of(criterion, TOWNS)).values())


def test_each_basis_weighs_in_its_own_way() -> None:
    assert paid(BY_HEAD, "1000") == [100, 300, 600]
    assert paid(BY_USE, "1000") == [200, 200, 600]
    assert paid(EQUAL, "900") == [300, 300, 300]


def test_a_mixture_adds_the_bases_up() -> None:
    halves = mixed("50", "50", "0")
    assert paid(halves, "1000") == [150, 250, 600]
    assert paid(mixed("50", "20", "30"), "1000") == [190, 290, 520]


PERCENTAGES = (
    st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))
    .map(sorted)
    .map(
        lambda cuts: [
            Decimal(part) / 100 for part in (cuts[0], cuts[1] - cuts[0], 10_000 - cuts[1])
        ]
    )
)
FIGURES = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(0, 10**4), st.integers(0, 1000)),
    min_size=1,
    max_size=11,
).filter(lambda rows: any(row[1] for row in rows) and any(row[2] for row in rows))


@given(PERCENTAGES, FIGURES, st.integers(0, 10**12))
def test_any_mixture_adds_up_and_is_the_mean_of_its_bases(
    percentages: list[Decimal], figures: list[tuple[int, int, int]], cents: int
) -> None:
    payers = [Payer(n, f"Town {n}", row[0], row[1]) for n, row in enumerate(figures, 1)]
    parts = {n: row[2] for n, row in enumerate(figures, 1)}
    criterion = Criterion(MIXED, parts, dict(zip(BASES, percentages, strict=True)))
    amount = cents * CENT
    mixture = Share(amount, Division(criterion, payers)).parts()
    assert sum(mixture.values()) == amount
    alone = [Share(amount, Division(Criterion(basis, parts), payers)).parts() for basis in BASES]
    for body, part in mixture.items():
        shares = [p * pure[body] for p, pure in zip(percentages, alone, strict=True)]
        mean = sum(shares, Decimal(0)) / 100
        assert abs(part - mean) < 2 * CENT


def test_who_lacks_a_figure_is_named_with_the_field() -> None:
    nobody_counted = (*TOWNS, Payer(4, "Dosso", users=3), Payer(5, "Erta"))
    assert "Dosso, Erta" in str(refusal(BY_HEAD, nobody_counted))
    assert list(refusal(BY_HEAD, nobody_counted).fields) == ["population"]
    assert list(refusal(BY_USE, nobody_counted).fields) == ["users"]
    assert list(refusal(BY_HEAD, ()).fields) == ["bodies"]
    assert list(refusal(Criterion(FIXED)).fields) == ["parts"]
    assert list(refusal(Criterion(FIXED, {1: -1, 2: 5})).fields) == ["parts"]
    assert list(refusal(BY_USE, [Payer(1, "Alba", 5, 0)]).fields) == ["users"]


def test_a_basis_that_counts_nothing_needs_no_figures() -> None:
    assert weights_of(mixed("100", "0", "0"), [Payer(1, "Alba", 5)]) == {1: 50_000}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("110", "0", "0"), "percentage_population"),
        (("100", "-1", "1"), "percentage_users"),
        (("33.333", "33.333", "33.334"), "percentage_population"),
        (("60", "50", "0"), "percentages"),
        (("60", "30", "0"), "percentages"),
    ],
)
def test_percentages_make_a_hundred(given: tuple[str, str, str], field: str) -> None:
    assert list(refusal(mixed(*given)).fields) == [field]
    with pytest.raises(Invalid):
        check_percentages(mixed(*given).percentages)


def test_a_change_is_shown_in_euro_and_per_inhabitant() -> None:
    before = [
        Share(Decimal(1000), Division(BY_HEAD, TOWNS)),
        Share(Decimal(900), Division(EQUAL, TOWNS)),
    ]
    after = [
        Share(Decimal(2000), Division(BY_USE, TOWNS)),
        Share(Decimal(900), Division(EQUAL, TOWNS)),
    ]
    first, second, third = compare(before, after, TOWNS)
    assert [first.before, first.after, first.difference] == list(map(Decimal, (400, 700, 300)))
    assert first.per_inhabitant(first.difference) == Decimal("0.30")
    assert [second.difference, third.difference] == [Decimal(100), Decimal(600)]
    assert Payer(9, "?").population is None
    unknown = compare(before, after, [Payer(1, "Alba")])[0]
    assert unknown.per_inhabitant(unknown.after) is None
    assert sum(totals(after).values()) == 2900


def test_a_refused_amount_names_the_item() -> None:
    with pytest.raises(Invalid) as refused:
        Share(Decimal("-1"), Division(BY_HEAD, TOWNS), field="7").parts()
    assert list(refused.value.fields) == ["amount-7"]
