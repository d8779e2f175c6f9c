"""Fold addresses once, let accounts be blocked and reset, and give tokens scopes and an end."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from consultazione.core.errors import Invalid
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.migrate import MigrationRefused

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _fold_addresses()
    op.drop_index("uq_person_email", table_name="person")
    op.create_index("uq_person_email", "person", ["email"], unique=True)
    op.add_column("person", sa.Column("blocked_at", _MOMENT))
    op.add_column("person", sa.Column("blocked_reason", sa.Text()))
    _add_limits_of_tokens()
    op.create_table(
        "password_link",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger()),
        sa.Column("confirmed_by", sa.BigInteger()),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_password_link_token_digest")),
        sa.UniqueConstraint("person_id", name=op.f("uq_password_link_person_id")),
        *(
            sa.ForeignKeyConstraint(
                [name], ["person.id"], name=op.f(f"fk_password_link_{name}_person")
            )
            for name in ("person_id", "made_by", "confirmed_by")
        ),
    )


def downgrade() -> None:
    op.drop_table("password_link")
    for name in ("scopes", "expires_at", "used_at"):
        op.drop_column("api_token", name)
    for name in ("blocked_at", "blocked_reason"):
        op.drop_column("person", name)
    op.drop_index("uq_person_email", table_name="person")
    op.create_index("uq_person_email", "person", [sa.text("lower(email)")], unique=True)


def _add_limits_of_tokens() -> None:
    """Tokens of before may do all that they could, for a year."""
    op.add_column("api_token", sa.Column("scopes", sa.ARRAY(sa.String(40))))
    op.add_column("api_token", sa.Column("expires_at", _MOMENT))
    op.add_column("api_token", sa.Column("used_at", _MOMENT))
    op.execute(
        "UPDATE api_token SET scopes = ARRAY['read', 'write', 'sittings', 'plan'],"
        " expires_at = now() + interval '365 days'"
    )
    op.alter_column("api_token", "scopes", nullable=False)
    op.alter_column("api_token", "expires_at", nullable=False)


def _fold_addresses() -> None:
    """Fold every address; stop, naming the accounts, where two would become one."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, email FROM person WHERE email IS NOT NULL"))
    folded = {row.id: _folded(row.email) for row in rows}
    owners = defaultdict(list)
    for person_id, email in sorted(folded.items()):
        owners[email].append(person_id)
    doubles = [ids for ids in owners.values() if len(ids) > 1]
    if doubles:
        raise MigrationRefused(
            f"The accounts {doubles} differ in the spelling of one e-mail address. Change the"
            " column email of all but one of each group in the table person, and upgrade again."
        )
    change = sa.text("UPDATE person SET email = :email WHERE id = :id AND email <> :email")
    if folded:
        connection.execute(change, [{"id": i, "email": email} for i, email in folded.items()])


def _folded(email: str) -> str:
    """An address that is none any more stays: nobody can type it, an administrator can help."""
    try:
        return fold_address(email)
    except Invalid:
        return email.lower()
