"""What fields read: half a vote would count as none, and the sitting 7.9 would be the seventh."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from consultazione.web.fields import Whole


@pytest.mark.parametrize("sent", [1.5, float("nan"), float("inf"), "1.5", "1_000", "²", "١", True])
def test_what_is_no_whole_number_is_not_made_one(sent: object) -> None:
    with pytest.raises(ValidationError):
        Whole().deserialize(sent)


@pytest.mark.parametrize("sent", [7, 7.0, "7", " 7 ", "+7", "007"])
def test_a_whole_number_is_read_however_it_is_written(sent: object) -> None:
    assert Whole().deserialize(sent) == 7
