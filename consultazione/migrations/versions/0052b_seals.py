"""Keep the sealed PDFs of documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052b"
down_revision = "0052"
branch_labels = None
depends_on = None

_LINE = sa.String(300)


def upgrade() -> None:
    op.create_table(
        "document_seal",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("subject", _LINE, nullable=False),
        sa.Column("document_digest", _LINE, nullable=False),
        sa.Column("plain_sha256", _LINE, nullable=False),
        sa.Column("plain_size", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sha256", _LINE, nullable=False),
        sa.Column("signer", _LINE, nullable=False),
        sa.Column("fingerprint", _LINE, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("subject"),
        sa.UniqueConstraint("sha256"),
    )
    for column in ("document_digest", "plain_sha256"):
        op.create_index(f"ix_document_seal_{column}", "document_seal", [column])


def downgrade() -> None:
    op.drop_table("document_seal")
