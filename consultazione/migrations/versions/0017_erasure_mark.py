"""Count erasures and changed names, so that nothing erased is shown from what was kept.

And index the hands of a person in a sitting, which are counted whenever they raise one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Runs with the rights of whoever migrates: the application itself need not write the mark.
_COUNT = """
CREATE FUNCTION note_erasure() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.erasure_mark AS mark (number) VALUES (1)
    ON CONFLICT (single) DO UPDATE SET number = mark.number + 1;
    RETURN NULL;
END $$
"""
# What changes words that pages show already: a table, and the columns that hold them.
_WATCHED = {"log_text": "sealed", "person": "display_name", "organisation": "name"}


def upgrade() -> None:
    op.create_table(
        "erasure_mark",
        sa.Column("single", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_erasure_mark_single")),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_erasure_mark")),
    )
    op.create_index("ix_hand_person", "hand", ["sitting_id", "person_id"])
    op.execute(_COUNT)
    op.execute("REVOKE ALL ON FUNCTION note_erasure() FROM PUBLIC")
    for table, column in _WATCHED.items():
        op.execute(
            f"CREATE TRIGGER note_erasure AFTER UPDATE OF {column} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_erasure()"
        )


def downgrade() -> None:
    for table in _WATCHED:
        op.execute(f"DROP TRIGGER note_erasure ON {table}")
    op.execute("DROP FUNCTION note_erasure()")
    op.drop_index("ix_hand_person", "hand")
    op.drop_table("erasure_mark")
