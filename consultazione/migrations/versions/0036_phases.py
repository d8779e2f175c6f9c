"""Phases that are corrected, reopened and suspended; acts of offices and minutes; four eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_OLD_ACTS = (
    "convocation",
    "approval",
    "council_vote",
    "programme_agreement",
    "framework",
    "community_profile",
    "guidance",
    "understanding",
    "deliberation",
    "supplementary_agreement",
    "annual_programme",
)
_ACTS = (*_OLD_ACTS, "minutes", "determination")
_WITH_KINDS = ("act", "act_version")


def upgrade() -> None:
    """Phases of before are in their first version; no zone asks for a second person."""
    _admit_acts(_ACTS)
    op.add_column("zone", _set_at_first("four_eyes", sa.Boolean(), "false"))
    op.alter_column("zone", "four_eyes", server_default=None)
    op.add_column("phase", _set_at_first("version", sa.Integer(), "1"))
    op.alter_column("phase", "version", server_default=None)
    op.add_column("phase", _number("opening_act_id", nullable=True))
    op.create_foreign_key(
        op.f("fk_phase_opening_act_id_act"), "phase", "act", ["opening_act_id"], ["id"]
    )
    _create_versions()
    _create_reopenings()
    _create_holds()


def downgrade() -> None:
    """An act of a kind that is new here becomes a deliberation, the nearest of the old ones."""
    for table in ("phase_hold", "phase_reopening", "phase_version"):
        op.drop_table(table)
    op.drop_column("phase", "opening_act_id")
    op.drop_column("phase", "version")
    op.drop_column("zone", "four_eyes")
    for name in _WITH_KINDS:
        table = sa.table(name, sa.column("kind"))
        newer = sa.update(table).where(table.c.kind.not_in(_OLD_ACTS))
        op.execute(newer.values(kind="deliberation"))
    _admit_acts(_OLD_ACTS)


def _admit_acts(kinds: Sequence[str]) -> None:
    for table in _WITH_KINDS:
        name = op.f(f"ck_{table}_actkind")
        op.drop_constraint(name, table)
        op.create_check_constraint(name, table, sa.column("kind").in_(kinds))


def _create_versions() -> None:
    op.create_table(
        "phase_version",
        _id(),
        _number("phase_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        _of("phase_version", "phase_id", "phase"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_version")),
        sa.UniqueConstraint("phase_id", "version", name=op.f("uq_phase_version_phase_id_version")),
    )


def _create_reopenings() -> None:
    op.create_table(
        "phase_reopening",
        _id(),
        _number("phase_id"),
        _number("act_id"),
        sa.Column("reopened_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        _number("closing_act_id", nullable=True),
        _of("phase_reopening", "phase_id", "phase"),
        _of("phase_reopening", "act_id", "act"),
        _of("phase_reopening", "closing_act_id", "act"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_reopening")),
    )
    op.create_index("ix_phase_reopening_phase_id", "phase_reopening", ["phase_id"])


def _create_holds() -> None:
    op.create_table(
        "phase_hold",
        _id(),
        _number("phase_id"),
        _number("act_id"),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=True),
        _of("phase_hold", "phase_id", "phase"),
        _of("phase_hold", "act_id", "act"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_hold")),
    )
    op.create_index("ix_phase_hold_phase_id", "phase_hold", ["phase_id"])


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _set_at_first(name: str, kind: Any, value: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=value)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
