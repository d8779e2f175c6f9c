"""Territories of zones, and their coordinators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ROLES = (
    "visitor", "participant", "facilitator", "coordinator", "union_delegate", "plan_office",
    "administrator", "system",
)  # fmt: skip
_KINDS = ("province", "metropolitan_city", "ctss")


def upgrade() -> None:
    """No zone belongs to a territory yet, and no draft is shared."""
    op.create_table(
        "territory",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS, name="territorykind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("region", sa.String(length=300), nullable=False),
        sa.Column("lead_body", sa.String(length=300), nullable=False),
        sa.Column("presentation", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory")),
        sa.UniqueConstraint("slug", name=op.f("uq_territory_slug")),
    )
    kinds = _one_of("kind", _KINDS)
    op.create_check_constraint(op.f("ck_territory_territorykind"), "territory", kinds)
    op.add_column("zone", sa.Column("territory_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_zone_territory_id_territory"), "zone", "territory", ["territory_id"], ["id"]
    )
    op.create_index("ix_zone_territory_id", "zone", ["territory_id"])
    shares = sa.Column("shares_drafts", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("zone", shares)
    op.alter_column("zone", "shares_drafts", server_default=None)
    op.create_table(
        "territory_coordinator",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("territory_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_territory_coordinator_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_territory_coordinator_territory_id_territory"),
        ),
        sa.PrimaryKeyConstraint("person_id", "territory_id", name=op.f("pk_territory_coordinator")),
    )
    _allow_roles(*_ROLES, "provincial_coordinator")


def downgrade() -> None:
    _allow_roles(*_ROLES)
    op.drop_table("territory_coordinator")
    op.drop_index("ix_zone_territory_id", "zone")
    op.drop_column("zone", "shares_drafts")
    op.drop_column("zone", "territory_id")
    op.drop_table("territory")


def _allow_roles(*roles: str) -> None:
    op.drop_constraint(op.f("ck_role_grant_role"), "role_grant")
    op.create_check_constraint(op.f("ck_role_grant_role"), "role_grant", _one_of("role", roles))


def _one_of(column: str, values: tuple[str, ...]) -> str:
    named = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({named})"
