"""Keep which comment answers which, and of which paragraph a comment speaks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Comments of before answer none, and speak of the whole proposal."""
    op.add_column("comment", sa.Column("parent_id", sa.BigInteger()))
    op.add_column("comment", sa.Column("part", sa.String(40)))
    op.add_column("comment", sa.Column("paragraph", sa.Integer()))
    op.add_column("comment", sa.Column("text_version", sa.Integer()))
    op.create_foreign_key(
        op.f("fk_comment_parent_id_comment"), "comment", "comment", ["parent_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_comment_part"), "comment", "part IN ('need', 'body', 'effect')"
    )
    op.create_check_constraint(
        op.f("ck_comment_anchor"),
        "comment",
        "(part IS NULL) = (paragraph IS NULL) AND (part IS NULL) = (text_version IS NULL)",
    )
    op.create_index(
        "ix_comment_parent_id",
        "comment",
        ["parent_id"],
        postgresql_where=sa.text("parent_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Replies stand among the comments, which speak of the whole proposal again."""
    op.drop_constraint(op.f("ck_comment_anchor"), "comment", type_="check")
    for name in ("parent_id", "part", "paragraph", "text_version"):
        op.drop_column("comment", name)
