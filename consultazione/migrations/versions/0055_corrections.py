"""Let those present ask for corrections of a draft, and the zone say how minutes are approved.

Zones of before keep their way: no window, and the chair approves.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_WAYS = ("chair", "chair_and_secretary", "silence", "next_sitting")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("correction_days", sa.Integer, nullable=False, server_default="0"),
        sa.Column("approval_way", sa.String(40), nullable=False, server_default="chair"),
    ):
        op.add_column("zone", column)
        op.alter_column("zone", column.name, server_default=None)
    _check("zone", "correction_days", "correction_days BETWEEN 0 AND 60")
    _check("zone", "approvalway", f"approval_way IN {_WAYS}")
    for column in (
        sa.Column("circulated_at", _MOMENT),
        sa.Column("corrections_until", sa.Date),
        sa.Column("endorsed_by", sa.BigInteger, sa.ForeignKey("person.id")),
        sa.Column("endorsed_version", sa.Integer),
        sa.Column("approved_point_id", sa.BigInteger, sa.ForeignKey("agenda_point.id")),
    ):
        op.add_column("minutes", column)
    _check("minutes", "circulated", "(circulated_at IS NULL) = (corrections_until IS NULL)")
    _check("minutes", "endorsed", "(endorsed_by IS NULL) = (endorsed_version IS NULL)")
    op.create_index("ix_minutes_approved_point_id", "minutes", ["approved_point_id"])
    op.create_table(
        "minutes_correction",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("minutes_id", sa.BigInteger, sa.ForeignKey("minutes.id"), nullable=False),
        sa.Column("piece", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.BigInteger, nullable=False),
        sa.Column("old_words", sa.Text, nullable=False),
        sa.Column("new_words", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("asked_by", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("decided_by", sa.BigInteger, sa.ForeignKey("person.id")),
        sa.Column("decided_at", _MOMENT),
        sa.CheckConstraint("piece IN ('note', 'gist', 'conclusion', 'fact')", name="piece"),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'refused', 'answered', 'withdrawn')",
            name="correctionstate",
        ),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        sa.CheckConstraint(
            "(state IN ('refused', 'answered')) = (answer IS NOT NULL)", name="answer"
        ),
        sa.CheckConstraint("(state = 'answered') <= (piece = 'fact')", name="fact"),
    )
    op.create_index("ix_minutes_correction_minutes_id", "minutes_correction", ["minutes_id"])


def downgrade() -> None:
    """The requests go, and how each zone approves."""
    op.drop_table("minutes_correction")
    op.drop_index("ix_minutes_approved_point_id", "minutes")
    for name in ("circulated", "endorsed"):
        op.drop_constraint(op.f(f"ck_minutes_{name}"), "minutes")
    for name in (
        "approved_point_id",
        "endorsed_version",
        "endorsed_by",
        "corrections_until",
        "circulated_at",
    ):
        op.drop_column("minutes", name)
    for name in ("correction_days", "approvalway"):
        op.drop_constraint(op.f(f"ck_zone_{name}"), "zone")
    for name in ("approval_way", "correction_days"):
        op.drop_column("zone", name)


def _check(table: str, name: str, condition: str) -> None:
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
