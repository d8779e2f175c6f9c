"""Name who writes the minutes of a sitting, and keep the gist of each speech.

Sittings of before name nobody, and their speeches have no gist.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sitting", sa.Column("secretary_id", sa.BigInteger, sa.ForeignKey("person.id")))
    op.create_table(
        "speech_gist",
        sa.Column("hand_id", sa.BigInteger, sa.ForeignKey("hand.id"), primary_key=True),
        sa.Column("sitting_id", sa.BigInteger, sa.ForeignKey("sitting.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("words_of", sa.String(40), nullable=False),
        sa.Column("written_by", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words_of IN ('writer', 'speaker')", name="wordsof"),
    )
    op.create_index("ix_speech_gist_sitting_id", "speech_gist", ["sitting_id"])


def downgrade() -> None:
    """The gists go, and who wrote the minutes."""
    op.drop_table("speech_gist")
    op.drop_column("sitting", "secretary_id")
