"""Keep who signed which minutes, and as what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059c"
down_revision = "0059b"
branch_labels = None
depends_on = None

_TABLE = "minutes_signature"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("minutes_id", sa.BigInteger, sa.ForeignKey("minutes.id"), primary_key=True),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column(
            "signature_id", sa.BigInteger, sa.ForeignKey("document_signature.id"), nullable=False
        ),
        sa.CheckConstraint("role IN ('chair', 'writer', 'both')", name="signingrole"),
        sa.UniqueConstraint("signature_id"),
    )


def downgrade() -> None:
    """The signatures stay, as the log tells them; who they are under is in the log alone."""
    op.drop_table(_TABLE)
