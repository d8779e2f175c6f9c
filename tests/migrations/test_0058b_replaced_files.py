"""0058b: digests of the files of replaced editions; what was known of PDFs is taken along."""

from __future__ import annotations

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_EDITION = """INSERT INTO document_edition (subject, subject_id, number, digest, pdf_sha256,
    replaced_at, order_id) VALUES ('minutes', 1, {}, 'd', {}, """


def test_the_digests_of_pdfs_are_taken_along(old: Scratch) -> None:
    old.upgrade("0058")
    old.run(*(_EDITION.format(n, pdf) + f"{WHEN}, 1)" for n, pdf in ((1, "'p'"), (2, "NULL"))))
    before = old.rows()
    old.upgrade("0058b")
    assert old.value("SELECT string_agg(sha256, ',') FROM replaced_file") == "p"
    old.downgrade("0058")
    assert old.rows() == before
