"""Set zones up on screen: their look and contacts, drafts, and who administers the installation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027b"
branch_labels = None
depends_on = None

_COLOURS = ("blue", "navy", "green", "teal", "purple", "bordeaux", "slate")
_LINES = (
    "logo", "contact_email", "contact_phone", "contact_address", "website", "privacy_url",
    "accessibility_url",
)  # fmt: skip


_ROLES = (
    "visitor", "participant", "facilitator", "coordinator", "union_delegate", "plan_office",
    "administrator", "provincial_coordinator", "system",
)  # fmt: skip


def upgrade() -> None:
    """A zone of before has the colour that all pages had, and nothing else of its own."""
    colour = sa.Column("colour", sa.String(40), nullable=False, server_default="blue")
    op.add_column("zone", colour)
    op.alter_column("zone", "colour", server_default=None)
    _name_roles(*_ROLES, "installer")
    words = ", ".join(f"'{word}'" for word in _COLOURS)
    op.create_check_constraint(op.f("ck_zone_colour"), "zone", f"colour IN ({words})")
    for name in _LINES:
        op.add_column("zone", sa.Column(name, sa.String(300), nullable=True))
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "installer",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("appointed_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_installer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_installer")),
    )
    op.create_table(
        "setup_link",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("token_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_setup_link_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
    )
    op.create_table(
        "zone_draft",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_zone_draft_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_draft")),
    )
    op.create_index("ix_zone_draft_person_id", "zone_draft", ["person_id"])


def _name_roles(*words: str) -> None:
    """Let a grant have one of these roles; that of the installation is never granted in a zone."""
    op.drop_constraint(op.f("ck_role_grant_role"), "role_grant")
    listed = ", ".join(f"'{word}'" for word in words)
    op.create_check_constraint(op.f("ck_role_grant_role"), "role_grant", f"role IN ({listed})")


def downgrade() -> None:
    _name_roles(*_ROLES)
    for table in ("zone_draft", "setup_link", "installer"):
        op.drop_table(table)
    for name in ("colour", *_LINES):
        op.drop_column("zone", name)
