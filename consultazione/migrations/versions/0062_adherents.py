"""Keep which organisations adhere to an outcome beside those entitled to sign it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcome_adherent",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        _of("outcome_id", "outcome.id"),
        _of("organisation_id", "organisation.id"),
        _of("mandate_id", "mandate.id"),
        sa.Column("digest", sa.String(300), nullable=False),
        sa.Column("method", sa.String(300), nullable=False),
        _of("signature_id", "document_signature.id"),
        sa.Column("adhered_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("outcome_id", "organisation_id"),
    )


def downgrade() -> None:
    """Who adhered is forgotten; the log has it."""
    op.drop_table("outcome_adherent")


def _of(name: str, key: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey(key), nullable=False)
