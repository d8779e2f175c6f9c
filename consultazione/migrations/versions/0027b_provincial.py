"""Provincial programmes: tables and projects of a territory, forwarded to zones, and answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027b"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provincial_programme",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("territory_id", sa.BigInteger(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("last_year >= first_year", name=op.f("ck_provincial_programme_years")),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_provincial_programme_territory_id_territory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provincial_programme")),
        sa.UniqueConstraint(
            "id", "territory_id", name=op.f("uq_provincial_programme_id_territory_id")
        ),
        sa.UniqueConstraint(
            "territory_id",
            "first_year",
            "last_year",
            name=op.f("uq_provincial_programme_territory_id_first_year_last_year"),
        ),
    )
    op.create_table(
        "provincial_table",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("territory_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "system_actions",
                "childhood_adolescence",
                "immigration",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("remit", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_provincial_table_territory_id_territory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provincial_table")),
        sa.UniqueConstraint(
            "id",
            "territory_id",
            "section",
            name=op.f("uq_provincial_table_id_territory_id_section"),
        ),
        sa.UniqueConstraint(
            "territory_id", "name", name=op.f("uq_provincial_table_territory_id_name")
        ),
    )
    op.create_table(
        "provincial_project",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("territory_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "system_actions",
                "childhood_adolescence",
                "immigration",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_provincial_project_amount")),
        sa.ForeignKeyConstraint(
            ["programme_id", "territory_id"],
            ["provincial_programme.id", "provincial_programme.territory_id"],
            name="fk_provincial_project_programme",
        ),
        sa.ForeignKeyConstraint(
            ["table_id", "territory_id", "section"],
            ["provincial_table.id", "provincial_table.territory_id", "provincial_table.section"],
            name="fk_provincial_project_table",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provincial_project")),
        sa.UniqueConstraint(
            "programme_id", "title", name=op.f("uq_provincial_project_programme_id_title")
        ),
    )
    op.create_table(
        "project_forward",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "accepted",
                "refused",
                name="forwardstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (answered_at IS NULL)"
            " AND (state = 'waiting') = (reason IS NULL)",
            name=op.f("ck_project_forward_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id", "zone_id"],
            ["cycle.id", "cycle.zone_id"],
            name=op.f("fk_project_forward_cycle_id_zone_id_cycle"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["provincial_project.id"],
            name=op.f("fk_project_forward_project_id_provincial_project"),
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_project_forward_zone_id_zone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_forward")),
        sa.UniqueConstraint(
            "project_id", "zone_id", name=op.f("uq_project_forward_project_id_zone_id")
        ),
    )
    op.create_index("ix_project_forward_cycle_id", "project_forward", ["cycle_id", "state"])


def downgrade() -> None:
    op.drop_table("project_forward")
    op.drop_table("provincial_project")
    op.drop_table("provincial_table")
    op.drop_table("provincial_programme")
