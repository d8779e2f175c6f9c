"""0028: a zone of before keeps its look; nobody administers the installation yet."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch


def test_a_zone_of_before_is_blue_and_comes_back(old: Scratch) -> None:
    old.upgrade("0027b")
    before = old.rows()
    old.upgrade("0028")
    assert old.value("SELECT DISTINCT colour FROM zone") == "blue"
    assert old.value("SELECT count(*) FROM installer") == 0
    with pytest.raises(IntegrityError):
        old.run("UPDATE zone SET colour = 'yellow'")
    old.downgrade("0027b")
    assert old.rows() == before
