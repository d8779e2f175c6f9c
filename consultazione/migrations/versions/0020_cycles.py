"""Several cycles of a zone: path, tables, chapters, priorities and acts belong to one of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_OF_A_CYCLE = ("act", "chapter", "phase", "priority", "thematic_table")
# What must be unique within a cycle, and was within a zone.
_UNIQUE = {"chapter": "number", "phase": "kind", "thematic_table": "slug"}
_FOUND_BY_CYCLE = ("act", "priority")


def upgrade() -> None:
    """The cycle of each zone gets the zone's number, so that the stream of its plan goes on."""
    op.create_table(
        "cycle",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_year >= first_year", name=op.f("ck_cycle_years")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_cycle_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint(
            "zone_id", "first_year", "last_year", name=op.f("uq_cycle_zone_id_first_year_last_year")
        ),
        sa.UniqueConstraint("id", "zone_id", name=op.f("uq_cycle_id_zone_id")),
    )
    op.execute(
        "INSERT INTO cycle (id, zone_id, first_year, last_year, opened_at)"
        " SELECT id, id, cycle_start, cycle_end, created_at FROM zone"
    )
    op.execute("SELECT setval(pg_get_serial_sequence('cycle', 'id'), max(id)) FROM cycle")
    for table in _OF_A_CYCLE:
        _put_into_its_cycle(table)
    op.drop_constraint(op.f("ck_zone_cycle"), "zone")
    op.drop_column("zone", "cycle_start")
    op.drop_column("zone", "cycle_end")


def _put_into_its_cycle(table: str) -> None:
    op.add_column(table, sa.Column("cycle_id", sa.BigInteger(), nullable=True))
    row = sa.table(table, sa.column("cycle_id"), sa.column("zone_id"))
    op.execute(sa.update(row).values(cycle_id=row.c.zone_id))
    op.alter_column(table, "cycle_id", nullable=False)
    op.drop_constraint(op.f(f"fk_{table}_zone_id_zone"), table)
    columns = ["cycle_id", "zone_id"]
    op.create_foreign_key(
        op.f(f"fk_{table}_cycle_id_zone_id_cycle"), table, "cycle", columns, ["id", "zone_id"]
    )
    if column := _UNIQUE.get(table):
        op.drop_constraint(op.f(f"uq_{table}_zone_id_{column}"), table)
        op.create_unique_constraint(
            op.f(f"uq_{table}_cycle_id_{column}"), table, ["cycle_id", column]
        )
    if table in _FOUND_BY_CYCLE:
        op.create_index(f"ix_{table}_cycle_id", table, ["cycle_id"])


def downgrade() -> None:
    _refuse_several_cycles()
    op.add_column("zone", sa.Column("cycle_start", sa.Integer(), nullable=True))
    op.add_column("zone", sa.Column("cycle_end", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE zone SET cycle_start = first_year, cycle_end = last_year"
        " FROM cycle WHERE cycle.zone_id = zone.id"
    )
    op.alter_column("zone", "cycle_start", nullable=False)
    op.alter_column("zone", "cycle_end", nullable=False)
    op.create_check_constraint(op.f("ck_zone_cycle"), "zone", "cycle_end >= cycle_start")
    for table in _OF_A_CYCLE:
        _put_into_its_zone(table)
    op.drop_table("cycle")


def _put_into_its_zone(table: str) -> None:
    op.drop_constraint(op.f(f"fk_{table}_cycle_id_zone_id_cycle"), table)
    op.create_foreign_key(op.f(f"fk_{table}_zone_id_zone"), table, "zone", ["zone_id"], ["id"])
    if column := _UNIQUE.get(table):
        op.drop_constraint(op.f(f"uq_{table}_cycle_id_{column}"), table)
        op.create_unique_constraint(
            op.f(f"uq_{table}_zone_id_{column}"), table, ["zone_id", column]
        )
    if table in _FOUND_BY_CYCLE:
        op.drop_index(f"ix_{table}_cycle_id", table)
    op.drop_column(table, "cycle_id")


def _refuse_several_cycles() -> None:
    """The older schema has room for one cycle of a zone, and none may be thrown away."""
    several = sa.text("SELECT zone_id FROM cycle GROUP BY zone_id HAVING count(*) > 1")
    if zones := op.get_bind().scalars(several).all():
        raise RuntimeError(
            f"The zones {zones} have several cycles: go back to a backup from before the second."
        )
