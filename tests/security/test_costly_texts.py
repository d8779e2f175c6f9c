"""Texts that were made to take long are read in a time that grows with their length alone.

Nothing is timed: what took the second or third power of a length would not come to an end here.
"""

from __future__ import annotations

import pytest

from consultazione.core.differences import word_diff
from consultazione.core.incoming.personal_traces import Trace, traces_in
from consultazione.moderation.signals import likeness

LONG = "Nel quartiere manca uno sportello, e chi vive in collina deve prendere due autobus. " * 3


def test_words_that_stand_everywhere_are_no_place_to_begin_a_comparison() -> None:
    words = [f"v{n}" for n in range(101)]  # each a little too rare for what difflib leaves out
    old = " ".join(words * 600)
    new = old.replace("v5 v6 ", "v6 v5 ")
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


@pytest.mark.parametrize("signs", ["a", "a.", "0", "0512 "])
def test_traces_are_sought_once_in_each_part_of_a_text(signs: str) -> None:
    assert Trace.EMAIL not in traces_in(signs * 400_000)
    assert Trace.EMAIL in traces_in(f"{signs * 9} anna.rossi@example.org")


def test_a_near_copy_is_found_without_aligning_the_letters() -> None:
    assert likeness("ab" * 5000, "aab" * 3333) < 1
    assert likeness(LONG, LONG.replace("due", "tre")) > 0.9
    assert likeness(LONG, "Proponiamo un corso di italiano per chi è arrivato da poco. " * 4) < 0.3
    assert likeness("", "") == 1
