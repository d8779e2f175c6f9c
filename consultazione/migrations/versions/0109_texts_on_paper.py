"""Keep which texts came on paper: when, where, who typed them, and the code of the receipt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_text",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "proposal",
                "comment",
                name="heldkind",
                native_enum=False,
                length=40,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.String(300), nullable=False),
        sa.Column("code", sa.String(300), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["thematic_table.id"],
            name=op.f("fk_paper_text_table_id_thematic_table"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_paper_text_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_paper_text_entered_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_text")),
        sa.UniqueConstraint("person_id", name=op.f("uq_paper_text_person_id")),
        sa.UniqueConstraint("code", name=op.f("uq_paper_text_code")),
    )
    op.create_index("ix_paper_text_table_id", "paper_text", ["table_id"])


def downgrade() -> None:
    """What was published stays, under the account that it spoke as."""
    op.drop_index("ix_paper_text_table_id", "paper_text")
    op.drop_table("paper_text")
