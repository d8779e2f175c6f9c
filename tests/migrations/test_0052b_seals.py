"""0052b: sealed documents, each sealed once."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_SEAL = f"""INSERT INTO document_seal (subject, document_digest, plain_sha256, plain_size, content,
    sha256, signer, fingerprint, demo, sealed_at)
    VALUES ('minutes:1', 'a', 'b', 1, 'x', 'c', 'A zone', 'd', true, {WHEN})"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0052")
    before = old.rows()
    old.upgrade("0052b")
    old.run(_SEAL)
    with pytest.raises(IntegrityError):
        old.run(_SEAL)
    old.downgrade("0052")
    assert old.rows() == before
