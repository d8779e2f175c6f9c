"""0055: corrections of drafts, and how a zone approves; zones of before leave it to the chair."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_ASKED = f"""INSERT INTO minutes_correction (minutes_id, piece, subject_id, old_words, new_words,
    reason, asked_by, asked_at, state, answer, decided_by, decided_at)
    VALUES (1, '{{piece}}', 1, 'a', 'b', 'c', 2, {WHEN}, '{{state}}', {{answer}}, 1, {{decided}})"""
_OPEN = {"piece": "note", "state": "open", "answer": "NULL", "decided": "NULL"}


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0054")
    before = old.rows()
    old.upgrade("0055")
    assert old.value("SELECT approval_way FROM zone") == "chair"
    assert old.value("SELECT correction_days FROM zone") == 0
    old.run(
        "UPDATE zone SET approval_way = 'silence', correction_days = 7",
        f"UPDATE minutes SET circulated_at = {WHEN}, corrections_until = '2018-03-12'",
        _ASKED.format(**_OPEN),
    )
    old.downgrade("0054")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        _ASKED.format(**_OPEN | {"piece": "title"}),
        _ASKED.format(**_OPEN | {"state": "accepted"}),
        _ASKED.format(**_OPEN | {"state": "refused", "decided": WHEN}),
        _ASKED.format(**_OPEN | {"state": "answered", "decided": WHEN, "answer": "'x'"}),
        "UPDATE zone SET correction_days = 61",
        "UPDATE zone SET approval_way = 'nobody'",
        "UPDATE minutes SET corrections_until = '2018-03-12'",
        "UPDATE minutes SET endorsed_by = 1",
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0055")
    with pytest.raises(IntegrityError):
        old.run(wrong)
