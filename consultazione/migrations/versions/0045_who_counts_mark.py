"""Move the erasure mark on when it changes who counts in a room, as when words change.

A room that is kept says who is present, in the quorum and in the turnout: somebody who was
identified, or whose mandate has ended, counts otherwise than before.
"""

from __future__ import annotations

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

# A table, and the columns that are watched: those of 0017 with those that are new.
_WATCHED = {"person": "display_name, assurance", "mandate": "ends_on, ended_at"}
_BEFORE = {"person": "display_name"}


def upgrade() -> None:
    op.execute("DROP TRIGGER note_erasure ON person")
    _watch(_WATCHED)


def downgrade() -> None:
    for table in _WATCHED:
        op.execute(f"DROP TRIGGER note_erasure ON {table}")
    _watch(_BEFORE)


def _watch(columns: dict[str, str]) -> None:
    for table, watched in columns.items():
        op.execute(
            f"CREATE TRIGGER note_erasure AFTER UPDATE OF {watched} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_erasure()"
        )
