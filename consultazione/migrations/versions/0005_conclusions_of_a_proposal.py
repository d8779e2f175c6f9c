"""Index conclusions by proposal."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_conclusion_proposal_id", "conclusion", ["proposal_id"])


def downgrade() -> None:
    op.drop_index("ix_conclusion_proposal_id", table_name="conclusion")
