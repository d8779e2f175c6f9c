"""Keep links for a password that are mailed apart from those that administrators make."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

_OLD, _NEW = "uq_password_link_person_id", "uq_password_link_person_id_mailed"


def upgrade() -> None:
    mailed = sa.Column("mailed", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("password_link", mailed)
    op.drop_constraint(_OLD, "password_link", type_="unique")
    op.create_unique_constraint(_NEW, "password_link", ["person_id", "mailed"])


def downgrade() -> None:
    """Links that were mailed do not work any more; they were good for an hour."""
    op.execute("DELETE FROM password_link WHERE mailed")
    op.drop_constraint(_NEW, "password_link", type_="unique")
    op.create_unique_constraint(_OLD, "password_link", ["person_id"])
    op.drop_column("password_link", "mailed")
