"""Add the running notes of a sitting, and the stock phrases of a table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "running_note",
        sa.Column("point_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_running_note_point_id_agenda_point")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_running_note_written_by_person")
        ),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_running_note")),
    )
    op.create_table(
        "stock_phrase",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["thematic_table.id"],
            name=op.f("fk_stock_phrase_table_id_thematic_table"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_phrase")),
        sa.UniqueConstraint("table_id", "body", name=op.f("uq_stock_phrase_table_id_body")),
    )


def downgrade() -> None:
    op.drop_table("stock_phrase")
    op.drop_table("running_note")
