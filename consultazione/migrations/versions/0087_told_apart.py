"""Tell people of one name apart by a number, and find names quickly by a part of them."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

_AT_ONCE = 1_000
_NUMBER = """UPDATE person SET name_mark = counted.mark FROM (
    SELECT id, row_number() OVER (PARTITION BY name_key ORDER BY id) AS mark FROM person
    WHERE name_key <> '') AS counted
WHERE counted.id = person.id AND counted.mark > 1"""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.add_column(
        "person", sa.Column("name_key", sa.String(300), server_default="", nullable=False)
    )
    op.add_column(
        "person", sa.Column("name_mark", sa.Integer(), server_default="1", nullable=False)
    )
    _fill(op.get_bind())
    op.create_index("ix_person_name_key", "person", ["name_key", "name_mark"])
    op.create_index(
        "ix_person_name_part",
        "person",
        ["name_key"],
        postgresql_using="gin",
        postgresql_ops={"name_key": "gin_trgm_ops"},
    )


def downgrade() -> None:
    op.drop_index("ix_person_name_part", table_name="person")
    op.drop_index("ix_person_name_key", table_name="person")
    op.drop_column("person", "name_mark")
    op.drop_column("person", "name_key")


def _fill(connection: sa.Connection) -> None:
    """Fold the names of before, and number those that fold to the same by the age of accounts."""
    folding = sa.text("UPDATE person SET name_key = :key WHERE id = :id")
    names = connection.execute(sa.text("SELECT id, display_name FROM person")).all()
    folded = [{"id": person_id, "key": _key(name)} for person_id, name in names]
    for begin in range(0, len(folded), _AT_ONCE):
        connection.execute(folding, folded[begin : begin + _AT_ONCE])
    connection.execute(sa.text(_NUMBER))


def _key(name: str) -> str:
    """As `people.own_data.names.name_key` folds it today."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.split(r"[\W_]+", letters)).strip()[:200]
