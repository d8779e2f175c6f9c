"""Add the quorum of a sitting, and the standing recorded when a poll is opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sitting", sa.Column("quorum", postgresql.JSONB(), nullable=True))
    op.add_column("poll", sa.Column("standing", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("poll", "standing")
    op.drop_column("sitting", "quorum")
