"""Let seals have a time that an authority stamped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document_seal", sa.Column("stamped_at", sa.DateTime(timezone=True)))
    op.add_column("document_seal", sa.Column("stamped_by", sa.String(300)))


def downgrade() -> None:
    op.drop_column("document_seal", "stamped_by")
    op.drop_column("document_seal", "stamped_at")
