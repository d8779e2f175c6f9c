"""Rows are read some at a time, and each of them once."""

from __future__ import annotations

import pytest

from consultazione.core.audit import compare


@pytest.mark.parametrize("most", [1, 3, 100])
def test_keys_that_share_their_first_column_are_read_together(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Ballots of several polls, as they were cast by turns."""
    monkeypatch.setattr(compare, "_SLICE", most)
    keys = [(poll, person) for person in range(4) for poll in range(5)]
    slices = list(compare._slices(keys))
    assert sorted(key for some in slices for key in some) == sorted(keys)
    firsts = [{key[0] for key in some} for some in slices]
    assert sum(map(len, firsts)) == 5
    assert max(map(len, slices)) < most + 4
