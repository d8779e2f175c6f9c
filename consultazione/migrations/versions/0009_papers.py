"""Add the materials attached to points of an agenda."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "point_material",
        sa.Column("point_id", sa.BigInteger(), nullable=False),
        sa.Column("material_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"], ["material.id"], name=op.f("fk_point_material_material_id_material")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_point_material_point_id_agenda_point")
        ),
        sa.PrimaryKeyConstraint("point_id", "material_id", name=op.f("pk_point_material")),
    )


def downgrade() -> None:
    op.drop_table("point_material")
