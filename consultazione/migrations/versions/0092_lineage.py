"""Keep which proposal continues in which other: merged, divided, forwarded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

_STATE = "ck_proposal_proposalstate"
_STATES = "'submitted', 'admitted', 'not_admitted', 'withdrawn'"


def upgrade() -> None:
    """No proposal of before continues in another."""
    op.drop_constraint(op.f(_STATE), "proposal", type_="check")
    op.create_check_constraint(op.f(_STATE), "proposal", f"state IN ({_STATES}, 'superseded')")
    op.create_table(
        "proposal_lineage",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "way IN ('merged', 'divided', 'forwarded')", name=op.f("ck_proposal_lineage_way")
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_proposal_lineage_another")),
        sa.ForeignKeyConstraint(
            ["from_id"], ["proposal.id"], name=op.f("fk_proposal_lineage_from_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["proposal.id"], name=op.f("fk_proposal_lineage_to_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_lineage")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_proposal_lineage_from_id_to_id")),
    )
    op.create_index("ix_proposal_lineage_to_id", "proposal_lineage", ["to_id"])


def downgrade() -> None:
    """What continues in another counts as withdrawn: nobody discusses it any more."""
    op.drop_table("proposal_lineage")
    op.execute("UPDATE proposal SET state = 'withdrawn' WHERE state = 'superseded'")
    op.drop_constraint(op.f(_STATE), "proposal", type_="check")
    op.create_check_constraint(op.f(_STATE), "proposal", f"state IN ({_STATES})")
