"""Amounts as people write them, and as fields show them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.core.errors import Invalid
from consultazione.sharing.labels import plain
from consultazione.sharing.money import parse_decimal
from tests.support.translated import reading


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12500", "12500"),
        ("12500,5", "12500.5"),
        ("1234.50", "1234.50"),
        ("1.234,50 €", "1234.50"),
        ("1.234.567", "1234567"),
        (" 12 000 ", "12000"),
        ("33,33%", "33.33"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert parse_decimal(typed, "amount") == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["", "-1", "1.234", "12,34,5", "1.23,4", "1e5", "NaN", "12500 lire", "٣", "1,234.5"]
)
def test_what_could_mean_two_things_or_nothing_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_decimal(typed, "amount-7")
    assert list(refused.value.fields) == ["amount-7"]


@pytest.mark.parametrize("language", ["it", "en"])
def test_what_a_field_shows_is_read_as_the_same(language: str) -> None:
    @given(st.decimals(0, 10**11, places=2))
    def both_ways(amount: Decimal) -> None:
        assert parse_decimal(plain(amount), "amount") == amount

    with reading(language):
        both_ways()
