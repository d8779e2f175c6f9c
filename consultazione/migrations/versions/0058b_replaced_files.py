"""Digests of the files of editions that an order replaced; their bytes are gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058b"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replaced_file",
        sa.Column("sha256", sa.String(300), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["document_edition.id"],
            name=op.f("fk_replaced_file_edition_id_document_edition"),
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_replaced_file")),
    )
    op.execute(
        "INSERT INTO replaced_file (sha256, edition_id) SELECT pdf_sha256, min(id) "
        "FROM document_edition WHERE pdf_sha256 IS NOT NULL GROUP BY pdf_sha256"
    )


def downgrade() -> None:
    """What stood under a digest of a replaced file is no longer known."""
    op.drop_table("replaced_file")
