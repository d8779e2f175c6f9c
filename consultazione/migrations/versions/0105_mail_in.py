"""Keep which mails came in, which addresses fail, and which comments were sent by mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No comment of before was sent by mail."""
    op.add_column(
        "comment", sa.Column("by_mail", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "mail_bounces",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_bounces_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_bounces")),
    )
    op.create_table(
        "taken_mail",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("mail_key", sa.LargeBinary(32), nullable=False),
        sa.Column("sender_key", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail_id", sa.BigInteger()),
        sa.Column("comment_id", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("has_files", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.CheckConstraint(
            "body IS NULL OR mail_id IS NOT NULL", name=op.f("ck_taken_mail_answered")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_taken_mail_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_mail")),
        sa.UniqueConstraint("mail_key", name=op.f("uq_taken_mail_mail_key")),
    )
    op.create_index("ix_taken_mail_sender", "taken_mail", ["sender_key", "at"])
    op.create_index("ix_taken_mail_at", "taken_mail", ["at"])
    op.create_index(
        "ix_taken_mail_mail_id",
        "taken_mail",
        ["mail_id"],
        postgresql_where=sa.text("mail_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Comments that were sent by mail do not say so any more, but the log does."""
    op.drop_table("taken_mail")
    op.drop_table("mail_bounces")
    op.drop_column("comment", "by_mail")
