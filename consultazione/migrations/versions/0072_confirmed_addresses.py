"""Keep since when an e-mail address is confirmed, and the links by which it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Accounts of before count as confirmed: nobody loses what they could do yesterday."""
    op.add_column("person", sa.Column("email_confirmed_at", _MOMENT))
    op.execute("UPDATE person SET email_confirmed_at = created_at")
    op.create_table(
        "address_link",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_address_link_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_address_link_token_digest")),
        sa.UniqueConstraint("person_id", name=op.f("uq_address_link_person_id")),
    )


def downgrade() -> None:
    """Accounts that were never confirmed may do everything again."""
    op.drop_table("address_link")
    op.drop_column("person", "email_confirmed_at")
