"""The application puts the entries of an archive back, into a log that is empty.

Their positions are those that they had, which the application's role may not set: a function of the
owner sets them, and refuses unless the first entry of the log is of this very transaction.

"""

from __future__ import annotations

from alembic import op

revision = "0068"
down_revision = "0065"
branch_labels = None
depends_on = None

_NAME = "restore_log_entries(json)"
_RESTORE = """
CREATE FUNCTION restore_log_entries(entries json) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT xid FROM public.log_entry ORDER BY position LIMIT 1) <> pg_current_xact_id() THEN
        RAISE EXCEPTION 'the log only grows: an archive is restored into an empty one';
    END IF;
    INSERT INTO public.log_entry (position, stream, number, kind, data, actor_id, at, salt, digest,
        prev_digest) OVERRIDING SYSTEM VALUE
    SELECT position, stream, number, kind, data::jsonb, actor_id, at, decode(salt, 'hex'),
        decode(digest, 'hex'), decode(prev_digest, 'hex')
    FROM json_to_recordset(entries) AS entry (position bigint, stream text, number bigint,
        kind text, data text, actor_id bigint, at timestamptz, salt text, digest text,
        prev_digest text);
    PERFORM setval(
        pg_get_serial_sequence('public.log_entry', 'position'),
        (SELECT max(position) FROM public.log_entry)
    );
END $$
"""


def upgrade() -> None:
    op.execute(_RESTORE)
    op.execute(f"REVOKE ALL ON FUNCTION {_NAME} FROM PUBLIC")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {_NAME}")
