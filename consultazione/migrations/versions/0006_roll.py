"""Add the roll of a sitting: excuses, and substitutes for one sitting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "excuse",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("excused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_excuse_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_excuse_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_excuse_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excuse")),
        sa.UniqueConstraint(
            "sitting_id",
            "organisation_id",
            "person_id",
            name=op.f("uq_excuse_sitting_id_organisation_id_person_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "substitution",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_substitution_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_substitution_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_substitution_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting_id", "mandate_id", name=op.f("pk_substitution")),
        sa.UniqueConstraint(
            "sitting_id", "person_id", name=op.f("uq_substitution_sitting_id_person_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("substitution")
    op.drop_table("excuse")
