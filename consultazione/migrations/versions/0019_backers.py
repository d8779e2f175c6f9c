"""Keep from whom a role comes, so that nobody is a second person to themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Roles of before come from nobody known, and count as those of the platform."""
    backers = sa.Column("backers", sa.ARRAY(sa.BigInteger()), nullable=False, server_default="{}")
    op.add_column("role_grant", backers)
    op.alter_column("role_grant", "backers", server_default=None)


def downgrade() -> None:
    op.drop_column("role_grant", "backers")
