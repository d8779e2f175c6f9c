"""A second step of signing in, recovery codes, links for a lost one, and by what somebody came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0081"
branch_labels = None
depends_on = None

_OLD = "uq_password_link_person_id_mailed"
_NEW = "uq_password_link_person_id_mailed_resets"
_MOMENT = sa.DateTime(timezone=True)
_WAYS = (
    "'password', 'password_and_code', 'password_and_recovery', 'password_and_passkey', 'passkey',"
    " 'gateway'"
)


def upgrade() -> None:
    """Sign-ins of before were by password; links of before are for a password."""
    op.create_table(
        "second_step",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary()),
        sa.Column("used_step", sa.BigInteger(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_step_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_step")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"])
    op.add_column(
        "sign_in", sa.Column("by", sa.String(40), nullable=False, server_default="password")
    )
    op.add_column("sign_in", sa.Column("gateway_level", sa.SmallInteger()))
    op.create_check_constraint(op.f("ck_sign_in_signedinby"), "sign_in", f"by IN ({_WAYS})")
    op.create_check_constraint(
        op.f("ck_sign_in_level"), "sign_in", "(by = 'gateway') = (gateway_level IS NOT NULL)"
    )
    op.add_column(
        "password_link",
        sa.Column("resets", sa.String(40), nullable=False, server_default="password"),
    )
    op.create_check_constraint(
        op.f("ck_password_link_resets"), "password_link", "resets IN ('password', 'second_step')"
    )
    op.drop_constraint(_OLD, "password_link", type_="unique")
    op.create_unique_constraint(_NEW, "password_link", ["person_id", "mailed", "resets"])


def downgrade() -> None:
    """Whoever had a second step signs in by their password alone; their links for it are gone."""
    op.execute("DELETE FROM password_link WHERE resets = 'second_step'")
    op.drop_constraint(_NEW, "password_link", type_="unique")
    op.create_unique_constraint(_OLD, "password_link", ["person_id", "mailed"])
    op.drop_column("password_link", "resets")
    # What they prove is no password: such sign-ins end.
    op.execute("DELETE FROM sign_in WHERE by IN ('passkey', 'gateway')")
    op.drop_column("sign_in", "gateway_level")
    op.drop_column("sign_in", "by")
    op.drop_table("recovery_code")
    op.drop_table("second_step")
