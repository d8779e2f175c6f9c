"""The Merkle tree over the log: leaves, full tiles, checkpoints, cosignatures; they only grow.

Entries that are there become leaves when the dispatcher runs, some thousand at a time.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0046"
branch_labels = None
depends_on = None

_TABLES = ("log_leaf", "log_tile", "log_checkpoint", "log_cosignature")
_RULE = """
CREATE FUNCTION keep_tree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the tree of the log only grows: % is never changed', TG_TABLE_NAME;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "log_leaf",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("position"),
        sa.CheckConstraint("number >= 0", name="counted"),
    )
    op.create_table(
        "log_tile",
        sa.Column("level", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.Column("root", sa.LargeBinary(32), nullable=False),
        sa.CheckConstraint("octet_length(hashes) = 8192", name="full"),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("root", sa.LargeBinary(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "log_cosignature",
        sa.Column("size", sa.BigInteger, sa.ForeignKey("log_checkpoint.size"), nullable=False),
        sa.Column("witness", sa.String(300), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("size", "witness"),
    )
    op.create_index("ix_log_cosignature_witness", "log_cosignature", ["witness", "size"])
    op.execute(_RULE)
    op.execute("REVOKE ALL ON FUNCTION keep_tree() FROM PUBLIC")
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER keep_tree BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_tree()"
        )
    # Hashes look random: compressing them costs time and saves nothing.
    op.execute("ALTER TABLE log_tile ALTER hashes SET STORAGE EXTERNAL")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION keep_tree()")
