"""Keep the pages that a zone writes itself, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

_KINDS = ("contacts", "help", "legal", "privacy", "accessibility")


def upgrade() -> None:
    kinds = sa.Enum(*_KINDS, name="pagekind", native_enum=False, length=40, create_constraint=True)
    op.create_table(
        "site_page",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_site_page_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_page")),
        sa.UniqueConstraint(
            "zone_id", "kind", "version", name=op.f("uq_site_page_zone_id_kind_version")
        ),
    )


def downgrade() -> None:
    """Pages say again what they say for every zone."""
    op.drop_table("site_page")
