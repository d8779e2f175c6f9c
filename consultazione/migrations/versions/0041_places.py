"""Places in the hall of a sitting, and who has registered for one.

A sitting of before has no limit, and asks nobody to register.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_STATES = ("placed", "waiting", "withdrawn")


def upgrade() -> None:
    """Sittings and their versions of before keep no number of places."""
    for table in ("sitting", "sitting_version"):
        op.add_column(table, sa.Column("places", sa.Integer()))
    op.create_check_constraint(op.f("ck_sitting_places"), "sitting", "places > 0")
    op.create_table(
        "hall_registration",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger()),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        *(_to(table) for table in ("sitting", "person", "organisation")),
        sa.CheckConstraint(
            f"state IN {_STATES}", name=op.f("ck_hall_registration_registrationstate")
        ),
        sa.CheckConstraint(
            "state <> 'placed' OR placed_at IS NOT NULL", name=op.f("ck_hall_registration_placed")
        ),
        sa.CheckConstraint(
            "state <> 'waiting' OR placed_at IS NULL", name=op.f("ck_hall_registration_waiting")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            name=op.f("ck_hall_registration_withdrawn"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_registration")),
    )
    for owner in ("person", "organisation"):
        op.create_index(
            f"uq_hall_registration_{owner}",
            "hall_registration",
            ["sitting_id", f"{owner}_id"],
            unique=True,
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
    op.create_index("ix_hall_registration_sitting_id", "hall_registration", ["sitting_id", "id"])
    op.create_index("ix_hall_registration_person_id", "hall_registration", ["person_id"])


def _to(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_hall_registration_{table}_id_{table}")
    return sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"], name=name)


def downgrade() -> None:
    """Registrations go with their table."""
    op.drop_table("hall_registration")
    op.drop_constraint(op.f("ck_sitting_places"), "sitting")
    for table in ("sitting_version", "sitting"):
        op.drop_column(table, "places")
