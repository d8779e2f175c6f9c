"""Add the address of a sitting's video."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sitting", sa.Column("video_url", sa.String(length=300), nullable=True))


def downgrade() -> None:
    op.drop_column("sitting", "video_url")
