"""Index hands by sitting: every room reads who has spoken in its sitting."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_hand_sitting_id", "hand", ["sitting_id"])


def downgrade() -> None:
    op.drop_index("ix_hand_sitting_id", "hand")
