"""0046: who was silent in a poll moves out of who votes in it, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.scratch_database import Scratch

BASIS = {"voters": "anybody", "level": 0, "hall": True, "organisations": None}
SILENCE = {"attendances": [1, 2], "proxies": [], "others": 1, "persons": [3, 4, 5]}


@pytest.mark.parametrize(
    ("kept", "basis", "silence"),
    [(None, None, None), (BASIS, BASIS, None), (BASIS | {"silent": SILENCE}, BASIS, SILENCE)],
)
def test_there_and_back(old: Scratch, kept: Any, basis: Any, silence: Any) -> None:
    old.upgrade("0045")
    if kept is not None:
        old.run(f"UPDATE poll SET basis = {_json(kept)}")
    before = old.rows()
    old.upgrade("0046")
    assert [(row["basis"], row["silence"]) for row in old.rows()["poll"]] == [(basis, silence)]
    old.downgrade("0045")
    assert old.rows() == before


def test_a_poll_without_a_basis_keeps_none_on_the_way_back(old: Scratch) -> None:
    old.upgrade("0045")
    before = old.rows()
    old.upgrade("0046")
    old.run(f"UPDATE poll SET silence = {_json(SILENCE)}")
    old.downgrade("0045")
    assert old.rows() == before


def _json(document: Any) -> str:
    """A document in SQL; a colon would begin a parameter."""
    literal = json.dumps(document).replace(":", r"\:")
    return f"CAST('{literal}' AS jsonb)"
