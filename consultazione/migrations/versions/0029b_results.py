"""What feeds the programme: carried what-ifs, winners of budgets, projects of the province.

Each row says where an intervention, or its shares, came from, and goes with the intervention.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029b"
down_revision = "0029"
branch_labels = None
depends_on = None

_TABLES = (
    "project_intervention", "budget_intervention", "scenario_intervention", "scenario_application",
)  # fmt: skip


def upgrade() -> None:
    """Nothing of before came from anywhere that was noted."""
    _what_ifs()
    op.create_table(
        "budget_intervention",
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("budget_item_id", sa.BigInteger(), nullable=False),
        _with_intervention("budget_intervention"),
        sa.ForeignKeyConstraint(
            ["budget_item_id"],
            ["budget_item.id"],
            name=op.f("fk_budget_intervention_budget_item_id_budget_item"),
        ),
        sa.PrimaryKeyConstraint("intervention_id", name=op.f("pk_budget_intervention")),
        sa.UniqueConstraint("budget_item_id", name=op.f("uq_budget_intervention_budget_item_id")),
    )
    op.create_table(
        "project_intervention",
        sa.Column("intervention_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("forward_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id", "programme_id"],
            ["intervention.id", "intervention.programme_id"],
            name="fk_project_intervention_intervention",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["forward_id"],
            ["project_forward.id"],
            name=op.f("fk_project_intervention_forward_id_project_forward"),
        ),
        sa.PrimaryKeyConstraint("intervention_id", name=op.f("pk_project_intervention")),
        sa.UniqueConstraint(
            "forward_id",
            "programme_id",
            name=op.f("uq_project_intervention_forward_id_programme_id"),
        ),
    )


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)


def _what_ifs() -> None:
    op.create_table(
        "scenario_application",
        sa.Column("scenario_id", sa.BigInteger(), nullable=False),
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["sharing_scenario.id"],
            name=op.f("fk_scenario_application_scenario_id_sharing_scenario"),
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_scenario_application_poll_id_poll")
        ),
        sa.PrimaryKeyConstraint("scenario_id", name=op.f("pk_scenario_application")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_scenario_application_poll_id")),
    )
    op.create_table(
        "scenario_intervention",
        sa.Column("scenario_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenario_application.scenario_id"],
            name=op.f("fk_scenario_intervention_scenario_id_scenario_application"),
        ),
        _with_intervention("scenario_intervention"),
        sa.PrimaryKeyConstraint("scenario_id", "item_id", name=op.f("pk_scenario_intervention")),
        sa.UniqueConstraint(
            "scenario_id",
            "intervention_id",
            name=op.f("uq_scenario_intervention_scenario_id_intervention_id"),
        ),
    )
    op.create_index(
        "ix_scenario_intervention_intervention_id", "scenario_intervention", ["intervention_id"]
    )


def _with_intervention(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["intervention_id"],
        ["intervention.id"],
        name=op.f(f"fk_{table}_intervention_id_intervention"),
        ondelete="CASCADE",
    )
