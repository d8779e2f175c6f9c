"""Keep drafts of proposals, and what a proposal says of need, effect and place in the plan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0090"
down_revision = "0089b"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WORDS = "to_tsvector('italian'::regconfig, (title || ' ') || body)"
_MORE_WORDS = (
    "to_tsvector('italian'::regconfig, title || ' ' || body"
    " || ' ' || coalesce(need, '') || ' ' || coalesce(effect, ''))"
)


def upgrade() -> None:
    """Proposals of before say all of it in their one text."""
    for table in ("proposal", "proposal_version"):
        op.add_column(table, sa.Column("need", sa.Text()))
        op.add_column(table, sa.Column("effect", sa.Text()))
    for name in ("chapter", "priority"):
        op.add_column("proposal", sa.Column(f"{name}_id", sa.BigInteger()))
        op.create_foreign_key(
            op.f(f"fk_proposal_{name}_id_{name}"), "proposal", name, [f"{name}_id"], ["id"]
        )
    op.execute(f"ALTER TABLE proposal ALTER COLUMN words SET EXPRESSION AS ({_MORE_WORDS})")
    op.create_table(
        "proposal_draft",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_proposal_draft_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_proposal_draft_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_draft")),
    )
    op.create_index("ix_proposal_draft_person_id", "proposal_draft", ["person_id"])


def downgrade() -> None:
    """Drafts go, and what was said apart from the text."""
    op.drop_table("proposal_draft")
    op.execute(f"ALTER TABLE proposal ALTER COLUMN words SET EXPRESSION AS ({_WORDS})")
    for name in ("chapter", "priority"):
        op.drop_column("proposal", f"{name}_id")
    for table in ("proposal", "proposal_version"):
        op.drop_column(table, "need")
        op.drop_column(table, "effect")
