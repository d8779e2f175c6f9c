"""Keep what rows said before they were put right; let organisations, tables, materials end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None

_ENDS = {"organisation": "withdrawn", "thematic_table": "closed", "material": "withdrawn"}


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("was", postgresql.JSONB(), nullable=False),
        sa.Column("now", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("author_id", sa.BigInteger()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint(
            "subject",
            "subject_id",
            "version",
            name=op.f("uq_revision_subject_subject_id_version"),
        ),
    )
    for table, end in _ENDS.items():
        op.add_column(table, sa.Column(f"{end}_at", sa.DateTime(timezone=True)))
        op.add_column(table, sa.Column(f"{end}_reason", sa.Text()))
        op.create_check_constraint(
            op.f(f"ck_{table}_{end}"), table, f"({end}_at IS NULL) = ({end}_reason IS NULL)"
        )


def downgrade() -> None:
    """What was corrected keeps its present words; what ended counts again."""
    for table, end in _ENDS.items():
        op.drop_column(table, f"{end}_reason")
        op.drop_column(table, f"{end}_at")
    op.drop_table("revision")
