"""Reports of texts, cases, rulings and appeals; rules of a zone; proposals that are hidden."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0095"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KINDS = ("proposal", "comment", "question", "statement", "chat_message")
_ROLES = (
    "visitor", "participant", "facilitator", "coordinator", "union_delegate", "plan_office",
    "administrator", "provincial_coordinator", "installer", "system",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("proposal", sa.Column("hidden_at", _MOMENT))
    _rules()
    _cases()
    _rulings()


def downgrade() -> None:
    """Rulings and reports go; hidden proposals show what stands in their place."""
    for table in (
        "ruling_appeal", "ruling", "text_report", "moderation_case", "moderation_settings",
        "moderation_rule",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_column("proposal", "hidden_at")


def _rules() -> None:
    op.create_table(
        "moderation_rule",
        _id(),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("retired_at", _MOMENT),
        _foreign("moderation_rule", "zone_id", "zone"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_rule")),
    )
    op.create_index("ix_moderation_rule_zone_id", "moderation_rule", ["zone_id"])
    op.create_table(
        "moderation_settings",
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("appeal_days", sa.Integer(), nullable=False),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "appeal_days BETWEEN 1 AND 365", name=op.f("ck_moderation_settings_appeal_days")
        ),
        sa.CheckConstraint(
            "review_days BETWEEN 1 AND 365", name=op.f("ck_moderation_settings_review_days")
        ),
        _foreign("moderation_settings", "zone_id", "zone"),
        sa.PrimaryKeyConstraint("zone_id", name=op.f("pk_moderation_settings")),
    )


def _cases() -> None:
    op.create_table(
        "moderation_case",
        _id(),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column("text_kind", _choice("textkind", _KINDS), nullable=False),
        sa.Column("text_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column(
            "signals", sa.ARRAY(sa.String(40)), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("settled_at", _MOMENT),
        _foreign("moderation_case", "table_id", "thematic_table"),
        _foreign("moderation_case", "author_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_case")),
    )
    op.create_index(
        "uq_moderation_case_open", "moderation_case", ["text_kind", "text_id"], unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )  # fmt: skip
    op.create_index("ix_moderation_case_table_id", "moderation_case", ["table_id", "opened_at"])
    op.create_index("ix_moderation_case_author_id", "moderation_case", ["author_id"])
    op.create_table(
        "text_report",
        _id(),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("text_kind", _choice("textkind", _KINDS), nullable=False),
        sa.Column("text_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(300), nullable=False),
        sa.Column("words", sa.Text()),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT),
        _foreign("text_report", "case_id", "moderation_case"),
        _foreign("text_report", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_report")),
        sa.UniqueConstraint(
            "text_kind",
            "text_id",
            "person_id",
            name=op.f("uq_text_report_text_kind_text_id_person_id"),
        ),
    )
    op.create_index("ix_text_report_case_id", "text_report", ["case_id"])
    op.create_index("ix_text_report_person_id", "text_report", ["person_id"])


def _rulings() -> None:
    actions = ("leave", "ask_change", "hide", "erase")
    op.create_table(
        "ruling",
        _id(),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("action", _choice("action", actions), nullable=False),
        sa.Column("rule", sa.String(300)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("role", _choice("role", _ROLES), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=False),
        sa.Column("appeal_until", sa.Date()),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_reason", sa.Text()),
        sa.Column("told_at", _MOMENT),
        sa.CheckConstraint(
            "action = 'leave' OR rule IS NOT NULL", name=op.f("ck_ruling_by_a_rule")
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_reason IS NULL)", name=op.f("ck_ruling_undone")
        ),
        _foreign("ruling", "case_id", "moderation_case"),
        _foreign("ruling", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    op.create_index("ix_ruling_case_id", "ruling", ["case_id"])
    op.create_table(
        "ruling_appeal",
        sa.Column("ruling_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", _choice("outcome", ("upheld", "overturned"))),
        sa.Column("reason", sa.Text()),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("role", _choice("role", _ROLES)),
        sa.Column("decided_at", _MOMENT),
        sa.Column("told_at", _MOMENT),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (reason IS NULL)",
            name=op.f("ck_ruling_appeal_decided"),
        ),
        _foreign("ruling_appeal", "ruling_id", "ruling"),
        _foreign("ruling_appeal", "decided_by", "person"),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_ruling_appeal")),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False)


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40, create_constraint=True)


def _foreign(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
