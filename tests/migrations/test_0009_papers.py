"""0009: beside a point of before stands no document; one of before can be put there."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import with_an_old_sitting
from tests.support.scratch_database import Scratch

BESIDE = "INSERT INTO point_material (point_id, material_id) VALUES (1, 1)"


def test_a_document_of_before_is_put_beside_a_point_once(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0008")
    before = scratch.rows()
    scratch.upgrade("0009")
    assert scratch.rows() == {**before, "point_material": []}
    scratch.run(BESIDE)
    with pytest.raises(IntegrityError):
        scratch.run(BESIDE)


def test_the_document_itself_is_kept_on_the_way_down(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0008")
    before = scratch.rows()
    scratch.upgrade("0009")
    scratch.run(BESIDE)
    scratch.downgrade("0008")
    assert scratch.rows() == before
