"""Join two accounts of one human: who proposed it, and where the one that goes leads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0089b"
down_revision = "0089"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_REFERS = {
    "zone_id": "zone",
    "double_id": "person",
    "kept_id": "person",
    "proposed_by": "person",
    "decided_by": "person",
}


def upgrade() -> None:
    op.add_column("person", sa.Column("merged_into", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_person_merged_into_person"), "person", "person", ["merged_into"], ["id"]
    )
    op.create_check_constraint(op.f("ck_person_merged"), "person", "merged_into <> id")
    op.create_index("ix_person_merged_into", "person", ["merged_into"])
    states = sa.Enum(
        "proposed", "done", "turned_down",
        name="mergestate", native_enum=False, length=40, create_constraint=True,
    )  # fmt: skip
    op.create_table(
        "person_merge",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("double_id", sa.BigInteger(), nullable=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", _MOMENT, nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", _MOMENT),
        sa.CheckConstraint("double_id <> kept_id", name=op.f("ck_person_merge_two")),
        sa.CheckConstraint(
            "decided_by <> proposed_by OR state = 'turned_down'",
            name=op.f("ck_person_merge_second"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_person_merge_{column}_{table}")
            )
            for column, table in _REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index(
        "uq_person_merge",
        "person_merge",
        ["double_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )


def downgrade() -> None:
    """Accounts that were joined stand apart again."""
    op.drop_table("person_merge")
    op.drop_index("ix_person_merged_into", table_name="person")
    op.drop_constraint(op.f("ck_person_merged"), "person")
    op.drop_constraint(op.f("fk_person_merged_into_person"), "person")
    op.drop_column("person", "merged_into")
