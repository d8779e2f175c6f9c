"""0103: a page has one text a version, and a zone without any says what holds for every zone."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PAGE = """INSERT INTO site_page (zone_id, kind, version, body, written_at)
    SELECT id, '{kind}', 1, 'Testo', now() FROM zone LIMIT 1"""


def test_pages_come_and_go(old: Scratch) -> None:
    old.upgrade("0102")
    before = old.rows()
    old.upgrade("0103")
    old.run(_PAGE.format(kind="legal"))
    with pytest.raises(IntegrityError, match="uq_site_page_zone_id_kind_version"):
        old.run(_PAGE.format(kind="legal"))
    with pytest.raises(IntegrityError, match="pagekind"):
        old.run(_PAGE.format(kind="other"))
    old.downgrade("0102")
    assert old.rows() == before
