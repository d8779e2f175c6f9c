"""A sitting that is corrected, postponed, cancelled, convened again and reopened.

What a sitting or a point said before stays in a row of its own with the reason of the change.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_SITTING = ("convened", "open", "closed")
_POINT = ("pending", "current", "suspended", "done")
_HAND = ("raised", "speaking", "done", "withdrawn")
# Of a table its closed list, the words of before, and those that come to it.
_LISTS = {
    "sitting": ("sittingstate", _SITTING, ("cancelled",)),
    "agenda_point": ("pointstate", _POINT, ("postponed", "removed")),
    "hand": ("handstate", _HAND, ("lapsed",)),
}


def upgrade() -> None:
    """A sitting of before was never changed, and is at its first convocation."""
    for table, (name, before, new) in _LISTS.items():
        _let_be(table, name, (*before, *new))
    op.add_column(
        "sitting", sa.Column("revision", sa.Integer(), nullable=False, server_default="0")
    )
    op.alter_column("sitting", "revision", server_default=None)
    for name in ("first_starts_at", "roll_called_at", "cancelled_at"):
        op.add_column("sitting", sa.Column(name, sa.DateTime(timezone=True)))
    for name in ("cancelled_reason", "early_reason", "reopened_reason"):
        op.add_column("sitting", sa.Column(name, sa.Text()))
    op.add_column("sitting", sa.Column("second_of", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_sitting_second_of_sitting"), "sitting", "sitting", ["second_of"], ["id"]
    )
    op.create_index("uq_sitting_second_of", "sitting", ["second_of"], unique=True)
    op.create_check_constraint(
        op.f("ck_sitting_cancelled"),
        "sitting",
        "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
    )
    op.add_column("agenda_point", sa.Column("removed_reason", sa.Text()))
    op.create_check_constraint(
        op.f("ck_agenda_point_removed"),
        "agenda_point",
        "(state = 'removed') = (removed_reason IS NOT NULL)",
    )
    _make_versions()


def _make_versions() -> None:
    op.create_table(
        "sitting_version",
        *_version_of("sitting", "revision"),
        sa.Column("change", sa.String(40), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quorum", JSONB()),
        sa.CheckConstraint(
            "change IN ('corrected', 'postponed')", name=op.f("ck_sitting_version_sittingchange")
        ),
    )
    op.create_table(
        "agenda_point_version",
        *_version_of("agenda_point", "version"),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("minutes_planned", sa.Integer()),
    )


def _version_of(table: str, number: str) -> list[sa.schema.SchemaItem]:
    """The columns of what something said before, until whom changed it when and why."""
    version, owner = f"{table}_version", f"{table}_id"
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(owner, sa.BigInteger(), nullable=False),
        sa.Column(number, sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            [owner], [f"{table}.id"], name=op.f(f"fk_{version}_{owner}_{table}")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["person.id"], name=op.f(f"fk_{version}_replaced_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{version}")),
        sa.UniqueConstraint(owner, number, name=op.f(f"uq_{version}_{owner}_{number}")),
    ]


def downgrade() -> None:
    """Refused by the lists while a sitting is cancelled, a point postponed or removed."""
    op.drop_table("agenda_point_version")
    op.drop_table("sitting_version")
    op.drop_constraint(op.f("ck_agenda_point_removed"), "agenda_point")
    op.drop_column("agenda_point", "removed_reason")
    op.drop_constraint(op.f("ck_sitting_cancelled"), "sitting")
    op.drop_index("uq_sitting_second_of", "sitting")
    for name in (
        "second_of", "reopened_reason", "early_reason", "cancelled_reason",
        "cancelled_at", "roll_called_at", "first_starts_at", "revision",
    ):  # fmt: skip
        op.drop_column("sitting", name)
    for table, (name, before, _new) in _LISTS.items():
        _let_be(table, name, before)


def _let_be(table: str, name: str, states: tuple[str, ...]) -> None:
    """Let the state of a table's rows be one of these; refused while one is another."""
    constraint = op.f(f"ck_{table}_{name}")
    op.drop_constraint(constraint, table)
    op.create_check_constraint(constraint, table, f"state IN {states}")
