"""0009: beside a point of before stands no document; one of before can be put there."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

BESIDE = "INSERT INTO point_material (point_id, material_id) VALUES (1, 1)"


def test_a_document_of_before_is_put_beside_a_point_once(old: Scratch) -> None:
    old.upgrade("0008")
    before = old.rows()
    old.upgrade("0009")
    assert old.rows() == {**before, "point_material": []}
    old.run(BESIDE)
    with pytest.raises(IntegrityError):
        old.run(BESIDE)


def test_the_document_itself_is_kept_on_the_way_down(old: Scratch) -> None:
    old.upgrade("0008")
    before = old.rows()
    old.upgrade("0009")
    old.run(BESIDE)
    old.downgrade("0008")
    assert old.rows() == before
