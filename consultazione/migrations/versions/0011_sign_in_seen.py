"""Note when a sign-in was last used, so that one that is not used can end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("seen_at", sa.DateTime(timezone=True)))
    # Nobody knows when those of before were used last: their time begins now.
    op.execute("UPDATE sign_in SET seen_at = now()")
    op.alter_column("sign_in", "seen_at", nullable=False)


def downgrade() -> None:
    op.drop_column("sign_in", "seen_at")
