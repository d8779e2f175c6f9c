"""Tables at which texts wait until somebody has read them, and the texts that do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "read_first",
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_read_first_table_id_thematic_table")
        ),
        sa.PrimaryKeyConstraint("table_id", name=op.f("pk_read_first")),
    )
    op.create_table(
        "held_text",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", _choice("heldkind", "proposal", "comment"), nullable=False),
        sa.Column("content", JSONB()),
        sa.Column("held_at", _MOMENT, nullable=False),
        sa.Column(
            "state", _choice("heldstate", "waiting", "released", "turned_down"), nullable=False
        ),
        sa.Column("reason", sa.Text()),
        sa.Column("settled_at", _MOMENT),
        sa.Column("told_at", _MOMENT),
        sa.CheckConstraint(
            "(state = 'waiting') = (content IS NOT NULL)", name=op.f("ck_held_text_content")
        ),
        sa.CheckConstraint(
            "(state = 'turned_down') = (reason IS NOT NULL)", name=op.f("ck_held_text_reason")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_held_text_table_id_thematic_table")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_held_text_author_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_text")),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_held_text_table_id", "held_text", ["table_id"], postgresql_where=waiting)
    op.create_index("ix_held_text_author_id", "held_text", ["author_id"])


def downgrade() -> None:
    """Texts that wait are lost."""
    op.drop_table("held_text")
    op.drop_table("read_first")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40, create_constraint=True)
