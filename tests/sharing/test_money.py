"""What fields show is what they read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.sharing.labels import plain
from consultazione.sharing.schemas import Number
from tests.support.translated import reading


@pytest.mark.parametrize("language", ["it", "en"])
def test_what_a_field_shows_is_read_as_the_same(language: str) -> None:
    @given(st.decimals(0, 10**11, places=2))
    def both_ways(amount: Decimal) -> None:
        assert Number().deserialize(plain(amount)) == amount

    with reading(language):
        both_ways()


def test_a_percentage_may_have_its_sign() -> None:
    assert Number().deserialize("33,33%") == Decimal("33.33")
