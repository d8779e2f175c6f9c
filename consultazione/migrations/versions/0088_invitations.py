"""Keep whom administrators invite, until they accept or the invitation is over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_STATES = ("open", "accepted", "withdrawn", "lapsed")
_ROLES = (
    "visitor", "participant", "facilitator", "coordinator", "union_delegate", "plan_office",
    "administrator", "provincial_coordinator", "installer", "system",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(300)),
        sa.Column("display_name", sa.String(300)),
        sa.Column(
            "role",
            sa.Enum(*_ROLES, name="role", native_enum=False, length=40, create_constraint=True),
        ),
        sa.Column("table_id", sa.BigInteger()),
        sa.Column("organisation_id", sa.BigInteger()),
        sa.Column("act", sa.String(300)),
        sa.Column("invited_by", sa.BigInteger()),
        sa.Column("invited_at", _MOMENT, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *_STATES,
                name="invitationstate",
                native_enum=False,
                length=40,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("token_digest", sa.LargeBinary(32)),
        sa.Column("expires_at", _MOMENT),
        sa.Column("settled_at", _MOMENT),
        sa.Column("person_id", sa.BigInteger()),
        sa.CheckConstraint(
            "(state = 'open') = (email IS NOT NULL)", name=op.f("ck_invitation_forgotten")
        ),
        sa.CheckConstraint(
            "(organisation_id IS NULL) = (act IS NULL)", name=op.f("ck_invitation_act")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_invitation_zone_id_zone")),
        sa.ForeignKeyConstraint(
            ["table_id", "zone_id"],
            ["thematic_table.id", "thematic_table.zone_id"],
            name=op.f("fk_invitation_table_id_zone_id_thematic_table"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitation_token_digest")),
    )
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["zone_id", "email"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_invitation_email", "invitation", ["email"])


def downgrade() -> None:
    """Whom nobody answered yet has to be invited again."""
    op.drop_table("invitation")
