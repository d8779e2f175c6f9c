"""Keep a summary in easy language beside documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "easy_summary",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("zone_id", sa.BigInteger, sa.ForeignKey("zone.id"), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("object_id", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("written_by", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("subject", "object_id"),
    )
    op.create_index("ix_easy_summary_zone_id_id", "easy_summary", ["zone_id", "id"])


def downgrade() -> None:
    """The summaries go."""
    op.drop_table("easy_summary")
