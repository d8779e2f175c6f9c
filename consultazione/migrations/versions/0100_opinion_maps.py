"""Keep opinion maps: their statements, the answers, and what was published of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """New tables alone."""
    op.create_table(
        "opinion_map",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("least_group", sa.Integer(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("closes_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("drawn_at", _MOMENT),
        sa.Column("picture", postgresql.JSONB()),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("least_group > 1", name=op.f("ck_opinion_map_least_group")),
        sa.CheckConstraint(
            "drawn_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_opinion_map_drawn")
        ),
        sa.CheckConstraint(
            "picture IS NULL OR drawn_at IS NOT NULL", name=op.f("ck_opinion_map_picture")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["thematic_table.id"], name=op.f("fk_opinion_map_table_id_thematic_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_map")),
    )
    op.create_index("ix_opinion_map_table_id", "opinion_map", ["table_id"])
    op.create_table(
        "opinion",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("map_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(300), nullable=False),
        sa.Column("author_id", sa.BigInteger()),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'admitted', 'refused')", name=op.f("ck_opinion_opinionstate")
        ),
        sa.CheckConstraint("(state = 'refused') = (reason <> '')", name=op.f("ck_opinion_reason")),
        sa.ForeignKeyConstraint(
            ["map_id"], ["opinion_map.id"], name=op.f("fk_opinion_map_id_opinion_map")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_opinion_author_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("map_id", "number", name=op.f("uq_opinion_map_id_number")),
    )
    op.create_index("ix_opinion_author_id", "opinion", ["author_id"])
    op.create_table(
        "opinion_answer",
        sa.Column("opinion_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("value BETWEEN -1 AND 1", name=op.f("ck_opinion_answer_value")),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["opinion.id"], name=op.f("fk_opinion_answer_opinion_id_opinion")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_opinion_answer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("opinion_id", "person_id", name=op.f("pk_opinion_answer")),
    )
    op.create_index("ix_opinion_answer_person_id", "opinion_answer", ["person_id"])
    op.create_table(
        "opinion_input",
        sa.Column("map_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["map_id"], ["opinion_map.id"], name=op.f("fk_opinion_input_map_id_opinion_map")
        ),
        sa.PrimaryKeyConstraint("map_id", name=op.f("pk_opinion_input")),
    )


def downgrade() -> None:
    """What was answered and drawn is gone with them."""
    for name in ("opinion_input", "opinion_answer", "opinion", "opinion_map"):
        op.drop_table(name)
