"""Which roles of a zone count only for who signs in by two steps, and from which day on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No zone asks for it before it says so."""
    op.create_table(
        "second_step_rule",
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.String(40)), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_second_step_rule_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("zone_id", name=op.f("pk_second_step_rule")),
    )


def downgrade() -> None:
    """No role asks for it any more."""
    op.drop_table("second_step_rule")
