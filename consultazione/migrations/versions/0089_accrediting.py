"""Keep applications for accreditation, and documents and reminders of mandates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_CATEGORIES = (
    "local_authority", "health_authority", "asp", "volunteering", "aps", "union", "social_coop",
    "foundation", "labour_org", "professional_order", "trade_association",
    "family_user_association", "citizen",
)  # fmt: skip


def upgrade() -> None:
    _applications()
    op.create_table(
        "mandate_document",
        _id(),
        sa.Column("mandate_id", sa.BigInteger(), nullable=False),
        sa.Column("proves", _among("proves", "given", "ended"), nullable=False),
        *_file(),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("added_by", sa.BigInteger()),
        _refers("mandate_document", "mandate_id", "mandate"),
        _refers("mandate_document", "added_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_document")),
    )
    op.create_index("ix_mandate_document_mandate_id", "mandate_document", ["mandate_id"])
    op.create_table(
        "mandate_reminder",
        sa.Column("mandate_id", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _refers("mandate_reminder", "mandate_id", "mandate"),
        sa.PrimaryKeyConstraint("mandate_id", "days", name=op.f("pk_mandate_reminder")),
    )


def downgrade() -> None:
    op.drop_table("mandate_reminder")
    op.drop_table("mandate_document")
    op.drop_table("organisation_application")


def _applications() -> None:
    table = "organisation_application"
    op.create_table(
        table,
        _id(),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("category", _among("category", *_CATEGORIES), nullable=False),
        sa.Column("office", sa.String(300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("table_ids", sa.ARRAY(sa.BigInteger()), nullable=False),
        *_file(),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column(
            "state",
            _among("applicationstate", "asked", "granted", "refused", "withdrawn"),
            nullable=False,
        ),
        sa.Column("decided_at", _MOMENT),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("organisation_id", sa.BigInteger()),
        sa.Column("mandate_id", sa.BigInteger()),
        sa.CheckConstraint(
            "(state = 'granted') = (organisation_id IS NOT NULL)", name=op.f(f"ck_{table}_granted")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (reason IS NOT NULL)", name=op.f(f"ck_{table}_refused")
        ),
        sa.CheckConstraint("decided_by <> person_id", name=op.f(f"ck_{table}_second")),
        _refers(table, "zone_id", "zone"),
        _refers(table, "cycle_id", "cycle"),
        _refers(table, "person_id", "person"),
        _refers(table, "decided_by", "person"),
        _refers(table, "organisation_id", "organisation"),
        _refers(table, "mandate_id", "mandate"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        "uq_organisation_application_asked",
        table,
        ["person_id", "zone_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index("ix_organisation_application_zone_id_state", table, ["zone_id", "state"])


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False)


def _file() -> list[sa.Column[object]]:
    return [
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("media_type", sa.String(300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(300), nullable=False),
    ]


def _among(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40, create_constraint=True)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
