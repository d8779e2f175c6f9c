"""An outbox of mail, and the language in which a person reads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0068"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    states = sa.Enum(
        "owed", "sent", "kept", "failed", "dropped",
        name="mailstate", native_enum=False, length=40, create_constraint=True,
    )  # fmt: skip
    op.create_table(
        "mail",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.String(300), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("address", sa.String(300)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("owed_at", _MOMENT, nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("settled_at", _MOMENT),
        sa.Column("error", sa.String(300)),
        sa.CheckConstraint("state = 'owed' OR address IS NULL", name=op.f("ck_mail_forgotten")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    owed = sa.text("state = 'owed'")
    op.create_index("ix_mail_due", "mail", ["due_at"], postgresql_where=owed)
    op.create_index("ix_mail_person_id", "mail", ["person_id"])
    language = sa.Column("language", sa.String(2), server_default="it", nullable=False)
    op.add_column("person", language)


def downgrade() -> None:
    """Mails that are still owed are not sent."""
    op.drop_column("person", "language")
    op.drop_table("mail")
