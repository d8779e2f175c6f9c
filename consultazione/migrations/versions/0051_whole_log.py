"""The tables of the log are never emptied.

No row of them is deleted: a trigger on each row refuses it (0008). TRUNCATE asks no such trigger,
and its right is the owner's. One for the statement refuses it to the owner too, who would have to
take the trigger away first.

"""

from __future__ import annotations

from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_TABLES = ("log_entry", "log_text", "log_stream")


def upgrade() -> None:
    """Refuse TRUNCATE on each table of the log."""
    op.execute(
        "CREATE FUNCTION keep_whole_log() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN\n"
        "    RAISE EXCEPTION 'the log is kept: % cannot be emptied', TG_TABLE_NAME\n"
        "        USING ERRCODE = 'insufficient_privilege';\n"
        "END $$"
    )
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER keep_whole_log BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_whole_log()"
        )


def downgrade() -> None:
    """Let whoever owns the tables empty them."""
    for table in _TABLES:
        op.execute(f"DROP TRIGGER keep_whole_log ON {table}")
    op.execute("DROP FUNCTION keep_whole_log()")
