"""0054: who writes, and the gist of speeches; sittings of before name nobody."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_GIST = f"""INSERT INTO speech_gist (hand_id, sitting_id, body, version, words_of, written_by,
    written_at) VALUES ({{hand}}, 1, 'Chiede orari.', 1, '{{words_of}}', 1, {WHEN})"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0053")
    before = old.rows()
    old.upgrade("0054")
    assert old.value("SELECT count(secretary_id) FROM sitting") == 0
    old.run("UPDATE sitting SET secretary_id = 2", _GIST.format(hand=1, words_of="speaker"))
    old.downgrade("0053")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        _GIST.format(hand=1, words_of="machine"),
        _GIST.format(hand=2, words_of="writer"),
        "UPDATE sitting SET secretary_id = 99",
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0054")
    with pytest.raises(IntegrityError):
        old.run(wrong)
