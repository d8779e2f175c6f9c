"""Add statements for the record of a sitting, and its commitments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CATEGORIES = (
    "local_authority", "health_authority", "asp", "volunteering", "aps", "union", "social_coop",
    "foundation", "labour_org", "citizen",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("point_id", sa.BigInteger(), nullable=True),
        sa.Column("poll_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=True),
        sa.Column("category", _words("category", *_CATEGORIES), nullable=False),
        sa.Column("kind", _words("statementkind", "vote", "note"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", _words("statementstate", "made", "hidden", "withdrawn"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'vote') = (poll_id IS NOT NULL)", name=op.f("ck_statement_of_a_vote")
        ),
        *_references("statement", "sitting", "agenda_point", "poll", "person", "mandate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_sitting_id", "statement", ["sitting_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("point_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", _words("commitmentstate", "open", "done", "cancelled"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (organisation_id IS NULL)",
            name=op.f("ck_commitment_one_owner"),
        ),
        *_references("commitment", "sitting", "agenda_point", "person", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index("ix_commitment_sitting_id", "commitment", ["sitting_id"], unique=False)


def downgrade() -> None:
    op.drop_table("commitment")
    op.drop_table("statement")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _references(table: str, *others: str) -> list[sa.ForeignKeyConstraint]:
    """The columns that name a row of another table, called after it."""
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
        )
        for other in others
        for column in ["point_id" if other == "agenda_point" else f"{other}_id"]
    ]
