"""Three more categories of organisations; back, they are organisations of the world of work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_BEFORE = (
    "local_authority", "health_authority", "asp", "volunteering", "aps", "union", "social_coop",
    "foundation", "labour_org",
)  # fmt: skip
_ADDED = ("professional_order", "trade_association", "family_user_association")
_CITIZEN = "citizen"


def upgrade() -> None:
    for table, column, name in _checks():
        _allow(table, column, name, (*_BEFORE, *_ADDED, _CITIZEN))


def downgrade() -> None:
    """Rows of the new categories stay, under the nearest of before."""
    for table, column, name in _checks():
        category: sa.ColumnClause[str] = sa.column(column)
        new = sa.table(table, category).update().where(category.in_(_ADDED))
        op.execute(new.values({category: _BEFORE[-1]}))
        _allow(table, column, name, (*_BEFORE, _CITIZEN))


def _checks() -> list[tuple[str, str, str]]:
    """The checks on categories: table, column, and their names."""
    found = op.get_bind().execute(
        sa.text(
            """SELECT t.relname, a.attname, c.conname
            FROM pg_constraint c
            JOIN pg_class t ON t.oid = c.conrelid
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'c' AND pg_get_constraintdef(c.oid) LIKE '%''labour_org''%'
            ORDER BY 1, 2"""
        )
    )
    return [tuple(row) for row in found]


def _allow(table: str, column: str, name: str, categories: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(name), table)
    op.create_check_constraint(op.f(name), table, sa.column(column).in_(categories))
