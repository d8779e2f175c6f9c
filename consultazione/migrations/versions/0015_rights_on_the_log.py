"""What the log's tables let the application's role do, beyond adding and reading.

Heads follow their entries, a text is erased only with an entry that says so, and ephemeral
streams are deleted by a function that checks their names. The functions run as their owner;
every name in them is qualified, so that no temporary table can stand in for a real one.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_HEAD = """
CREATE FUNCTION head_follows_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last bigint := 0;
    last_digest bytea := decode(repeat('00', 32), 'hex');
    fits boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        last := OLD.number;
        last_digest := OLD.digest;
    END IF;
    SELECT count(*) = NEW.number - last
        AND coalesce((array_agg(prev_digest ORDER BY number))[1], NEW.digest) = last_digest
        AND coalesce((array_agg(digest ORDER BY number DESC))[1], last_digest) = NEW.digest
        INTO fits
        FROM public.log_entry
        WHERE stream = NEW.name AND number > last AND number <= NEW.number;
    IF NOT fits OR TG_OP = 'UPDATE' AND NEW.name <> OLD.name THEN
        RAISE EXCEPTION 'the log only grows: the head of % moves on with its entries', NEW.name;
    END IF;
    RETURN NULL;
END $$
"""

_ERASE = """
CREATE FUNCTION erase_log_texts(entry bigint) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.log_text SET sealed = NULL WHERE position = entry AND sealed IS NOT NULL;
END $$
"""

_SAID = """
CREATE FUNCTION erasure_is_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.log_entry erased JOIN public.log_entry said USING (stream)
        WHERE erased.position = OLD.position AND said.number > erased.number
            AND said.kind LIKE '%.erased' AND said.xid = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'a text of the log is erased only with an entry that says so';
    END IF;
    RETURN NULL;
END $$
"""

_DELETE = """
CREATE FUNCTION delete_ephemeral_streams(numbers bigint[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    names text[] := array(
        SELECT name FROM public.log_stream
        WHERE substring(name FROM ':([0-9]{13,})$') = ANY (numbers::text[])
    );
BEGIN
    DELETE FROM public.log_text WHERE position IN (
        SELECT position FROM public.log_entry WHERE stream = ANY (names)
    );
    DELETE FROM public.log_entry WHERE stream = ANY (names);
    DELETE FROM public.log_stream WHERE name = ANY (names);
END $$
"""

_FUNCTIONS = {
    "head_follows_entries()": _HEAD,
    "erase_log_texts(bigint)": _ERASE,
    "erasure_is_said()": _SAID,
    "delete_ephemeral_streams(bigint[])": _DELETE,
}


def upgrade() -> None:
    for name, definition in _FUNCTIONS.items():
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER head_follows_entries AFTER INSERT OR UPDATE ON log_stream "
        "FOR EACH ROW EXECUTE FUNCTION head_follows_entries()"
    )
    # At the commit, since the entry that says so is the last thing that a transaction writes.
    op.execute(
        "CREATE CONSTRAINT TRIGGER erasure_is_said AFTER UPDATE ON log_text "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION erasure_is_said()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER erasure_is_said ON log_text")
    op.execute("DROP TRIGGER head_follows_entries ON log_stream")
    for name in _FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
