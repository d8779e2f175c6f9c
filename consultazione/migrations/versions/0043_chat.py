"""Give sittings a chat beside the record, and count applause by speech and by point.

Zones that are there forget chats at the closing, as new ones do unless they say otherwise.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.Column("chat_kept", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("zone", kept)
    op.alter_column("zone", "chat_kept", server_default=None)
    _create_chat()
    _create_messages()
    _create_applause()


def downgrade() -> None:
    """The messages of chats that are kept are lost, and so are the rows of applause."""
    op.drop_table("applause")
    op.drop_table("chat_message")
    op.drop_table("chat")
    op.drop_column("zone", "chat_kept")


def _create_chat() -> None:
    op.create_table(
        "chat",
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("forget_after", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "forget_after IS NULL OR (kept AND NOT is_open)", name=op.f("ck_chat_forgotten")
        ),
        _of("chat", "sitting_id", "sitting", "id"),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_chat")),
    )
    op.create_index(
        "ix_chat_forget_after",
        "chat",
        ["forget_after"],
        postgresql_where=sa.text("forget_after IS NOT NULL"),
    )


def _create_messages() -> None:
    op.create_table(
        "chat_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hidden_reason", sa.Text()),
        _of("chat_message", "sitting_id", "chat", "sitting_id"),
        _of("chat_message", "person_id", "person", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_message")),
    )
    for name, columns in (
        ("sitting_id", ["sitting_id", "id"]),
        ("person_id", ["sitting_id", "person_id", "written_at"]),
        ("version", ["sitting_id", "version"]),
    ):
        op.create_index(f"ix_chat_message_{name}", "chat_message", columns)


def _create_applause() -> None:
    op.create_table(
        "applause",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("hand_id", sa.BigInteger()),
        sa.Column("point_id", sa.BigInteger()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(hand_id IS NULL) <> (point_id IS NULL)", name=op.f("ck_applause_subject")
        ),
        sa.CheckConstraint("count > 0", name=op.f("ck_applause_count")),
        _of("applause", "hand_id", "hand", "id"),
        _of("applause", "point_id", "agenda_point", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applause")),
        sa.UniqueConstraint("hand_id", name=op.f("uq_applause_hand_id")),
        sa.UniqueConstraint("point_id", name=op.f("uq_applause_point_id")),
    )


def _of(table: str, column: str, other: str, key: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name)
