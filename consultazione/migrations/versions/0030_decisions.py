"""Strategies of a cycle, the decisions that follow them, and private bodies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029b"
branch_labels = None
depends_on = None

_OF_A_CYCLE = ("cycle_id", "zone_id")


def _big(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _line(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(300), nullable=nullable)


def _refers(table: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{to}_id_{to}")
    return sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}.id"], name=name)


_BODIES = ("municipality", "union_of_municipalities", "health_authority", "region")


def upgrade() -> None:
    """A body of before is public: its kind says so."""
    _name_bodies(*_BODIES, "private")
    _make_strategies()
    _make_decisions()
    for other in ("priority", "chapter", "block"):
        table = f"decision_{other}"
        op.create_table(
            table,
            _big("decision_id"),
            _big(f"{other}_id"),
            _refers(table, "decision"),
            _refers(table, other),
            sa.PrimaryKeyConstraint("decision_id", f"{other}_id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{other}_id"), table, [f"{other}_id"])


def _make_strategies() -> None:
    op.create_table(
        "strategy",
        _id(),
        *(_big(name) for name in _OF_A_CYCLE),
        sa.Column("rank", sa.Integer(), nullable=False),
        _line("title"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            _OF_A_CYCLE,
            ["cycle.id", "cycle.zone_id"],
            name=op.f("fk_strategy_cycle_id_zone_id_cycle"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy")),
        sa.UniqueConstraint("cycle_id", "rank", name=op.f("uq_strategy_cycle_id_rank")),
        sa.UniqueConstraint("id", *_OF_A_CYCLE, name=op.f("uq_strategy_id_cycle_id_zone_id")),
    )


def _make_decisions() -> None:
    op.create_table(
        "decision",
        _id(),
        *(_big(name) for name in ("strategy_id", *_OF_A_CYCLE)),
        _line("title"),
        sa.Column("body", sa.Text(), nullable=False),
        _line("decided_by"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        *(_big(name, nullable=True) for name in ("act_id", "sitting_id", "outcome_id")),
        _line("source", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["strategy_id", *_OF_A_CYCLE],
            ["strategy.id", "strategy.cycle_id", "strategy.zone_id"],
            name="fk_decision_strategy",
        ),
        *(_refers("decision", to) for to in ("act", "sitting", "outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.CheckConstraint(
            "num_nonnulls(act_id, sitting_id, outcome_id, source) = 1",
            name=op.f("ck_decision_basis"),
        ),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_reason IS NULL)", name=op.f("ck_decision_revoked")
        ),
    )
    op.create_index("ix_decision_strategy_id", "decision", ["strategy_id"])


def downgrade() -> None:
    """What was decided is lost, as the older schema has no room for it."""
    for table in ("decision_block", "decision_chapter", "decision_priority"):
        op.drop_table(table)
    op.drop_table("decision")
    op.drop_table("strategy")
    _name_bodies(*_BODIES)


def _name_bodies(*kinds: str) -> None:
    """Let a body be of one of these kinds; refused while there is one of another."""
    op.drop_constraint(op.f("ck_body_bodykind"), "body")
    op.create_check_constraint(op.f("ck_body_bodykind"), "body", f"kind IN {kinds}")
