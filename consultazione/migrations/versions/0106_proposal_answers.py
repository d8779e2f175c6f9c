"""Keep who evaluates a proposal, private notes on it, answers, and what goes to other bodies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105b"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_VERDICTS = "('accepted', 'accepted_in_part', 'not_accepted', 'not_ours')"


def upgrade() -> None:
    """New tables alone."""
    _evaluations()
    _drafts()
    _published()
    _referrals()


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


def _published() -> None:
    op.create_table(
        "answer_rule",
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer()),
        sa.CheckConstraint("days BETWEEN 1 AND 365", name=op.f("ck_answer_rule_days")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_answer_rule_zone_id_zone")),
        sa.PrimaryKeyConstraint("zone_id", name=op.f("pk_answer_rule")),
    )
    op.create_table(
        "answer_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["thematic_table.id"],
            name=op.f("fk_answer_batch_table_id_thematic_table"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_batch")),
    )
    op.create_index("ix_answer_batch_table_id", "answer_batch", ["table_id"])
    op.create_table(
        "proposal_answer",
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"verdict IN {_VERDICTS}", name=op.f("ck_proposal_answer_verdict")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_answer_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["answer_batch.id"], name=op.f("fk_proposal_answer_batch_id_answer_batch")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_answer")),
    )
    op.create_index("ix_proposal_answer_batch_id", "proposal_answer", ["batch_id"])


def _referrals() -> None:
    op.create_table(
        "receiving_body",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("retired_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_receiving_body_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receiving_body")),
    )
    op.create_index("ix_receiving_body_zone_id", "receiving_body", ["zone_id"])
    op.create_table(
        "proposal_referral",
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("body_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("reply", sa.Text()),
        sa.Column("replied_on", sa.Date()),
        sa.CheckConstraint(
            "(reply IS NULL) = (replied_on IS NULL)", name=op.f("ck_proposal_referral_reply")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_referral_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["receiving_body.id"],
            name=op.f("fk_proposal_referral_body_id_receiving_body"),
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_referral")),
    )
    op.create_index("ix_proposal_referral_body_id", "proposal_referral", ["body_id"])


def downgrade() -> None:
    """What was prepared, answered and forwarded is gone with them."""
    for name in ("proposal_referral", "receiving_body"):
        op.drop_table(name)
    for name in (
        "proposal_answer",
        "answer_batch",
        "answer_rule",
        "proposal_answer_draft",
        "evaluation_note",
        "proposal_evaluation",
    ):
        op.drop_table(name)
