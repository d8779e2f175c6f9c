"""0040: sign-offs end; what was open stays without a deadline, what was closed by its rule."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_OUTCOMES = (
    "INSERT INTO organisation (id, zone_id, name, category, demo) VALUES (2, 1, 'Sindacato',"
    " 'union', false)",
    f"""INSERT INTO outcome (id, table_id, minutes_id, state, rule, document, digest, opened_at,
        closed_at) VALUES (1, 1, 1, '{{state}}', 'all_answered', '{{{{}}}}', 'd', {WHEN},
        {{closed}})""",
    """INSERT INTO outcome_item (id, outcome_id, rank, conclusion_id, chapter_id, body)
        VALUES (1, 1, 1, 1, 1, 'Si apra uno sportello.')""",
    f"""INSERT INTO outcome_party (outcome_id, organisation_id, answer, answered_at)
        VALUES (1, 2, 'signed', {WHEN})""",
)
_ITEM = """INSERT INTO outcome_item_answer (item_id, organisation_id, outcome_id, answer, note)
    VALUES (1, 2, {outcome}, '{answer}', {note})"""


def store(old: Scratch, state: str) -> None:
    closed = WHEN if state == "closed" else "NULL"
    old.run(*(one.format(state=state, closed=closed) for one in _OUTCOMES))


@pytest.mark.parametrize(("state", "by"), [("signing", None), ("closed", "rule")])
def test_rows_of_before_stay(old: Scratch, state: str, by: str | None) -> None:
    old.upgrade("0039")
    store(old, state)
    before = old.rows()
    old.upgrade("0040")
    assert old.value("SELECT closed_by FROM outcome") == by
    assert old.value("SELECT due_on FROM outcome") is None
    assert old.value("SELECT sign_off_days FROM zone") == 30
    old.run(_ITEM.format(outcome=1, answer="declined", note="'No'"))
    old.downgrade("0039")
    assert old.rows() == before


@pytest.mark.parametrize(
    "new",
    [
        "UPDATE outcome_party SET answer = 'silent'",
        "UPDATE zone SET sign_off_rule = 'deadline'",
        "UPDATE outcome SET rule = 'deadline'",
    ],
)
def test_what_the_version_before_cannot_tell_is_not_lost(old: Scratch, new: str) -> None:
    old.upgrade("0039")
    store(old, "signing")
    old.upgrade("0040")
    old.run(new)
    with pytest.raises(IntegrityError):
        old.downgrade("0039")


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE outcome SET state = 'closed'",
        "UPDATE outcome SET closed_by = 'chair', state = 'closed'",
        "UPDATE outcome SET closed_by = 'rule', state = 'closed', closed_reason = 'x'",
        "UPDATE zone SET sign_off_days = 0",
        "UPDATE outcome_party SET answer = 'silent', mandate_id = 1",
        _ITEM.format(outcome=1, answer="declined", note="NULL"),
        _ITEM.format(outcome=1, answer="silent", note="'x'"),
        _ITEM.format(outcome=2, answer="signed", note="NULL"),
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0039")
    store(old, "signing")
    old.upgrade("0040")
    with pytest.raises(IntegrityError):
        old.run(wrong)
