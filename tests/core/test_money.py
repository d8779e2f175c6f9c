"""Amounts as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consultazione.core.money import Unreadable, read_amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12500", "12500"),
        ("12500,5", "12500.5"),
        ("1234.50", "1234.50"),
        ("1234.567", "1234.567"),
        ("1.234,50 €", "1234.50"),
        ("1.234.567", "1234567"),
        (" 12 000 ", "12000"),
        ("€ 1\u00a0234.50", "1234.50"),
        ("1'234", "1234"),
        ("0", "0"),
        ("-0", "0"),
    ],
)
def test_an_amount_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    amount = read_amount(typed)
    assert isinstance(amount, Decimal)
    assert str(amount) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("-1", Unreadable.NEGATIVE),
        ("1.234", Unreadable.AMBIGUOUS),
        ("0.123", Unreadable.AMBIGUOUS),
        *(
            (typed, Unreadable.INVALID)
            for typed in (
                "", "-", "12,34,5", "1.23,4", "1e5", "NaN", "12500 lire", "٣", "1,234.5", "12 50",
                "50%", "--1", "1" * 41,
            )
        ),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_or_nothing_is_refused(typed: str, why: Unreadable) -> None:
    assert read_amount(typed) is why
