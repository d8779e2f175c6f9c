"""What changed between two texts, word by word, at a cost that grows with their length alone."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.core.differences import word_diff

TEXTS = st.text(alphabet="ab à\n\t,.«_", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_a_changed_word_is_found_in_a_long_text() -> None:
    old = " ".join(f"Il comune apre lo sportello {n}, di sera." for n in range(100))
    pieces = word_diff(old, old.replace("apre lo sportello 50,", "chiude lo sportello 50,"))
    assert [(p.kind, p.text.strip()) for p in pieces if p.kind != "same"] == [
        ("gone", "apre"),
        ("new", "chiude"),
    ]


@pytest.mark.parametrize("between", [" ", ", "])
def test_wholly_other_words_are_compared_once_each(between: str) -> None:
    """If what stands between words is sought as well, each is a search through all the others."""
    words = 200
    steps = 0

    def count(_frame: Any, _event: str, _argument: Any) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        word_diff(*(between.join(f"{letter}{n}" for n in range(words)) for letter in "ab"))
    finally:
        sys.setprofile(None)
    assert steps < 30 * words
