"""0058: orders of erasure and replaced editions; a kept version loses words by an order alone."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_ORDER = (
    """INSERT INTO erasure_order (zone_id, number, ground, reference, decided_on, asked_on,
    made_at, made_by, texts, entries, documents, files)
    VALUES ({}, {}, '{}', '123/2026', '2026-11-02', {}, """
    + f"{WHEN}, 1, 1, 0, 0, 0)"
)
_VERSION = f"""INSERT INTO revision (subject, subject_id, version, was, now, reason, at)
    VALUES ('mandate', 1, 1, '{{"act": "a"}}', '{{"act": "b"}}', 'c', {WHEN})"""
_ERASE = """SELECT erase_from_revision((SELECT max(id) FROM revision), '{}', '{}', NULL)"""
_EDITION = f"""INSERT INTO document_edition (subject, subject_id, number, digest, replaced_at,
    order_id) VALUES ('minutes', 1, 1, 'd', {WHEN}, 1)"""


def test_rows_of_before_stay(old: Scratch) -> None:
    old.upgrade("0055")
    before = old.rows()
    old.upgrade("0058")
    old.run(_ORDER.format(1, 1, "garante", "NULL"), _EDITION)
    old.downgrade("0055")
    # The order has moved the mark on, so that nothing of before is shown from what was kept.
    assert {**old.rows(), "erasure_mark": []} == before


def test_a_version_loses_words_in_the_transaction_of_an_order(old: Scratch) -> None:
    old.upgrade("0058")
    old.run(_VERSION)
    with pytest.raises(DBAPIError, match="only with an order"):
        old.run(_ERASE)
    old.run(_ORDER.format(1, 1, "court", "'2026-11-01'"), _ERASE)
    assert old.value("SELECT was::text || now || coalesce(reason, '') FROM revision") == "{}{}"


@pytest.mark.parametrize(
    "wrong",
    [
        _ORDER.format(1, 0, "garante", "NULL"),
        _ORDER.format(1, 1, "mood", "NULL"),
        _ORDER.format(99, 1, "garante", "NULL"),
        _ORDER.format(1, 1, "garante", "'2026-11-03'"),
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0058")
    with pytest.raises(IntegrityError):
        old.run(wrong)
