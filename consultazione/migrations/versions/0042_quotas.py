"""Quotas of speaking time for each category, in a sitting or on each point.

A list of speakers of before has none. A hand that had the floor keeps the point on which it was
raised; from now on it is the one on which they spoke.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_SCOPES = ("sitting", "point")


def upgrade() -> None:
    """Lists of before have no quota."""
    for column in (
        sa.Column("quotas", JSONB(), nullable=False, server_default="{}"),
        sa.Column("quota_scope", sa.String(40), nullable=False, server_default="sitting"),
    ):
        op.add_column("speakers_list", column)
        op.alter_column("speakers_list", column.name, server_default=None)
    op.create_check_constraint(
        op.f("ck_speakers_list_quotascope"), "speakers_list", f"quota_scope IN {_SCOPES}"
    )


def downgrade() -> None:
    """The quotas go; what was spoken stays."""
    op.drop_constraint(op.f("ck_speakers_list_quotascope"), "speakers_list")
    op.drop_column("speakers_list", "quota_scope")
    op.drop_column("speakers_list", "quotas")
