"""Keep passkeys, copies to be signed, and what was found of each signature."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_LINE = sa.String(300)


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("credential_id", sa.LargeBinary, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("uses", sa.BigInteger, nullable=False),
        sa.Column("label", _LINE, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.UniqueConstraint("credential_id"),
    )
    op.create_index("ix_passkey_person_id", "passkey", ["person_id"])
    op.create_table(
        "signing_copy",
        sa.Column("document_digest", _LINE, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sha256", _LINE, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("frozen_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("sha256"),
    )
    op.create_table(
        "document_signature",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("document_digest", _LINE, nullable=False),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("method", _LINE, nullable=False),
        sa.Column("report", postgresql.JSONB, nullable=False),
        sa.Column("evidence", postgresql.JSONB),
        sa.Column("file", sa.LargeBinary),
        sa.Column("file_sha256", _LINE),
        sa.Column("signed_at", _MOMENT, nullable=False),
    )
    for column in ("document_digest", "file_sha256"):
        op.create_index(f"ix_document_signature_{column}", "document_signature", [column])
    signature = sa.ForeignKey("document_signature.id")
    op.add_column("outcome_party", sa.Column("signature_id", sa.BigInteger, signature))


def downgrade() -> None:
    """Signatures given before stay as they were told: by method, and digest."""
    op.drop_column("outcome_party", "signature_id")
    for table in ("document_signature", "signing_copy", "passkey"):
        op.drop_table(table)
