"""Keep PEC and hours of a zone's office, and the sites that may show its widget."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("zone", sa.Column("contact_pec", sa.String(300)))
    op.add_column("zone", sa.Column("contact_hours", sa.String(300)))
    op.add_column("zone", sa.Column("frame_hosts", sa.Text()))


def downgrade() -> None:
    """Widgets on other sites are shown nowhere any more."""
    op.drop_column("zone", "frame_hosts")
    op.drop_column("zone", "contact_hours")
    op.drop_column("zone", "contact_pec")
