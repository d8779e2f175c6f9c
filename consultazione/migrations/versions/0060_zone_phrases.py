"""Keep stock phrases for the minutes of all tables of a zone.

Those of single tables stay as they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zone_phrase",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("zone_id", sa.BigInteger, sa.ForeignKey("zone.id"), nullable=False),
        sa.Column("body", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_zone_phrase_zone_id", "zone_phrase", ["zone_id"])


def downgrade() -> None:
    """The phrases of zones go."""
    op.drop_table("zone_phrase")
