"""Rehearsals of sittings, and the rule that nothing else leaves the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_RULE = """
CREATE FUNCTION keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) ->> TG_ARGV[0] ~ ':[0-9]{13,}$' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the log only grows: nothing is deleted from %', TG_TABLE_NAME;
END $$
"""


def upgrade() -> None:
    op.execute("CREATE SEQUENCE rehearsal_number START WITH 1000000000000")
    op.add_column("sitting", sa.Column("rehearses", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "fk_sitting_rehearses_sitting", "sitting", "sitting", ["rehearses"], ["id"]
    )
    op.create_index("uq_sitting_rehearses", "sitting", ["rehearses"], unique=True)
    op.create_check_constraint(
        op.f("ck_sitting_rehearsal"), "sitting", "(rehearses IS NOT NULL) = (id >= 1000000000000)"
    )
    op.add_column("done_act", sa.Column("rehearsal", sa.BigInteger(), nullable=True))
    op.execute(_RULE)
    for table, column in (("log_entry", "stream"), ("log_stream", "name")):
        op.execute(
            f"CREATE TRIGGER keep_log BEFORE DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION keep_log('{column}')"
        )


def downgrade() -> None:
    _refuse_while_something_is_rehearsed()
    for table in ("log_entry", "log_stream"):
        op.execute(f"DROP TRIGGER keep_log ON {table}")
    op.execute("DROP FUNCTION keep_log()")
    op.drop_column("done_act", "rehearsal")
    op.drop_column("sitting", "rehearses")
    op.execute("DROP SEQUENCE rehearsal_number")


def _refuse_while_something_is_rehearsed() -> None:
    """Before this revision nothing sets a rehearsal apart: it would stay as a sitting for ever."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM sitting WHERE rehearses IS NOT NULL")):
        raise RuntimeError("a sitting is being rehearsed: end its rehearsal, then downgrade")
