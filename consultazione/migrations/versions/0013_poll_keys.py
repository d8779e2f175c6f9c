"""Keys of secret polls outside the database; annulled polls; the fingerprint of the server's key.

A secret poll that is open during the upgrade keeps to the server's key until it is counted.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# The data type, the column's check and the names are those of `enum_text`.
_STATE = "ck_poll_pollstate"
_REASON = "ck_poll_annulreason"


def upgrade() -> None:
    op.add_column(
        "poll_seal_salt",
        sa.Column("has_own_key", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("poll_seal_salt", "has_own_key", server_default=None)
    op.add_column("poll", sa.Column("annulled_because", sa.String(40)))
    op.create_check_constraint(
        op.f(_REASON), "poll", "annulled_because IN ('key_lost', 'broken_seal')"
    )
    op.drop_constraint(op.f(_STATE), "poll", type_="check")
    op.create_check_constraint(op.f(_STATE), "poll", "state IN ('open', 'closed', 'annulled')")
    op.create_table(
        "installation",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key_fingerprint", sa.String(300), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )


def downgrade() -> None:
    """Refused while a poll is open under a key of its own, and once one was annulled.

    The older program could neither count the one nor read the other.
    """
    keyed = "SELECT count(*) FROM poll_seal_salt WHERE has_own_key"
    annulled = "SELECT count(*) FROM poll WHERE state = 'annulled'"
    if op.get_bind().execute(sa.text(f"SELECT ({keyed}) + ({annulled})")).scalar_one():
        raise RuntimeError("a secret poll is open, or one was annulled: close it first, or stay")
    op.drop_table("installation")
    op.drop_constraint(op.f(_STATE), "poll", type_="check")
    op.create_check_constraint(op.f(_STATE), "poll", "state IN ('open', 'closed')")
    op.drop_constraint(op.f(_REASON), "poll", type_="check")
    op.drop_column("poll", "annulled_because")
    op.drop_column("poll_seal_salt", "has_own_key")
