"""Keep who evaluates a proposal, private notes on it, and the answer that is prepared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0104"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_VERDICTS = "('accepted', 'accepted_in_part', 'not_accepted', 'not_ours')"


def upgrade() -> None:
    """New tables alone."""
    _evaluations()
    _drafts()


def _evaluations() -> None:
    op.create_table(
        "proposal_evaluation",
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("evaluator_id", sa.BigInteger()),
        sa.Column("assigned_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_proposal_evaluation_proposal_id_proposal"),
        ),
        sa.ForeignKeyConstraint(
            ["evaluator_id"], ["person.id"], name=op.f("fk_proposal_evaluation_evaluator_id_person")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_evaluation")),
    )
    op.create_index("ix_proposal_evaluation_evaluator_id", "proposal_evaluation", ["evaluator_id"])
    op.create_table(
        "evaluation_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("leaf", sa.BigInteger(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_evaluation_note_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_evaluation_note_author_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_note")),
        sa.UniqueConstraint("leaf", name=op.f("uq_evaluation_note_leaf")),
    )
    op.create_index("ix_evaluation_note_proposal_id", "evaluation_note", ["proposal_id"])


def _drafts() -> None:
    op.create_table(
        "proposal_answer_draft",
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(40)),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            f"verdict IN {_VERDICTS}", name=op.f("ck_proposal_answer_draft_verdict")
        ),
        sa.CheckConstraint(
            "NOT is_ready OR (verdict IS NOT NULL AND body <> '')",
            name=op.f("ck_proposal_answer_draft_ready"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_proposal_answer_draft_proposal_id_proposal"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_proposal_answer_draft_written_by_person")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_answer_draft")),
    )


def downgrade() -> None:
    """What was prepared is gone with them."""
    for name in ("proposal_answer_draft", "evaluation_note", "proposal_evaluation"):
        op.drop_table(name)
