"""Who somebody is at the gateway of SPID and CIE."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nobody is linked before."""
    op.create_table(
        "gateway_identity",
        sa.Column("subject_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("linked_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_gateway_identity_level")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_gateway_identity_person_id_person")
        ),
        sa.PrimaryKeyConstraint("subject_digest", name=op.f("pk_gateway_identity")),
        sa.UniqueConstraint("person_id", name=op.f("uq_gateway_identity_person_id")),
    )


def downgrade() -> None:
    """Nobody signs in by the gateway any more: such sign-ins end."""
    op.execute("DELETE FROM sign_in WHERE by = 'gateway'")
    op.drop_table("gateway_identity")
