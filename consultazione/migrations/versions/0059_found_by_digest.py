"""Let documents of the register be found by a digest: as numbered, as an order left it, of its PDF.

What an order left has its digest in the log alone; it is taken from there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058b"
branch_labels = None
depends_on = None

_SOUGHT = ("digest", "redacted_digest", "file_digest")
_FROM_LOG = """
    UPDATE registered_document SET redacted_digest = latest.digest
    FROM (SELECT DISTINCT ON (document_id) document_id, digest
          FROM (SELECT (data ->> 'registration_id')::bigint AS document_id,
                       data ->> 'digest' AS digest, number
                FROM log_entry WHERE kind = 'document.redacted') AS redacted
          ORDER BY document_id, number DESC) AS latest
    WHERE latest.document_id = registered_document.id
"""


def upgrade() -> None:
    op.add_column("registered_document", sa.Column("redacted_digest", sa.String(300)))
    op.execute(_FROM_LOG)
    for column in _SOUGHT:
        op.create_index(_index(column), "registered_document", [column])


def downgrade() -> None:
    """The log still has the digests of what orders left."""
    for column in _SOUGHT:
        op.drop_index(_index(column), "registered_document")
    op.drop_column("registered_document", "redacted_digest")


def _index(column: str) -> str:
    return op.f(f"ix_registered_document_{column}")
