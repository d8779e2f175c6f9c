"""0065: a stamped time beside seals; those of before have none."""

from __future__ import annotations

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_SEAL = f"""INSERT INTO document_seal (subject, document_digest, plain_sha256, plain_size, content,
    sha256, signer, fingerprint, demo, sealed_at) VALUES ('outcome:1', 'd', 'p', 1, 'x', 's', 'n',
    'f', true, {WHEN})"""


def test_seals_of_before_have_no_stamped_time(old: Scratch) -> None:
    old.upgrade("0062")
    old.run(_SEAL)
    before = old.rows()
    old.upgrade("0065")
    assert old.value("SELECT count(*) FROM document_seal WHERE stamped_at IS NULL") == 1
    old.downgrade("0062")
    assert old.rows() == before
