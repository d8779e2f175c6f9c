"""Mails of which many are owed at once, and which are delivered many in one go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bulk = sa.Column("bulk", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("mail", bulk)
    op.drop_index("ix_mail_due", "mail")
    owed = sa.text("state = 'owed'")
    op.create_index("ix_mail_due", "mail", ["bulk", "due_at"], postgresql_where=owed)


def downgrade() -> None:
    """What is owed is delivered one by one."""
    op.drop_index("ix_mail_due", "mail")
    op.drop_column("mail", "bulk")
    op.create_index("ix_mail_due", "mail", ["due_at"], postgresql_where=sa.text("state = 'owed'"))
