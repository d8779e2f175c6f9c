"""What the application's role may do in the database, in which it owns nothing.

Another role, the owner, runs the migrations and owns every table. After each migration it
grants again what stands here, so that a new table needs no step of its own: the application
reads and writes it, unless it belongs to the log. (OWASP ASVS 5.0, 13.2.2: least privilege.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

# What the log's tables allow. `position` and `xid` are missing: the database alone sets them.
_WRITTEN = "stream, number, kind, data, actor_id, at, salt, digest, prev_digest"
LOG_TABLES: Mapping[str, Sequence[str]] = {
    "log_entry": ("SELECT", f"INSERT ({_WRITTEN})"),
    "log_text": ("SELECT", "INSERT"),
    # A trigger lets a head move only onto entries that follow from it.
    "log_stream": ("SELECT", "INSERT", "UPDATE (number, digest)"),
}
# The tree over the log, and what was signed of it.
TREE_TABLES: Mapping[str, Sequence[str]] = dict.fromkeys(
    ("log_leaf", "log_tile", "log_checkpoint", "log_cosignature"), ("SELECT", "INSERT")
)
# What else is written by the owner alone.
_READ_ONLY: Mapping[str, Sequence[str]] = {
    "alembic_version": ("SELECT",),
    "text_key_state": ("SELECT",),
    "erasure_mark": ("SELECT",),
}
# What triggers note for the end of the transaction: a note that was rewritten would stand for
# another sum, and nothing would be due for that one.
_NOTES: Mapping[str, Sequence[str]] = {
    "unchecked_sum": ("SELECT", "INSERT", "DELETE"),
}
# What rows said before a correction is added to, and never changed; an order by which something
# was erased, and the digests that a document had before, neither.
_KEPT: Mapping[str, Sequence[str]] = {
    "revision": ("SELECT", "INSERT"),
    "erasure_order": ("SELECT", "INSERT"),
    "document_edition": ("SELECT", "INSERT"),
    "replaced_file": ("SELECT", "INSERT"),
    "erased_file": ("SELECT", "INSERT"),
}
_DATA = ("SELECT", "INSERT", "UPDATE", "DELETE")
# Each checks for itself what it was asked to erase or delete.
_FUNCTIONS = (
    "erase_log_texts(bigint)",
    "erase_log_text(bigint,text)",
    "erase_from_revision(bigint,jsonb,jsonb,text)",
    "delete_ephemeral_streams(bigint[])",
    "restore_log_entries(json)",
    "forget_former_names(bigint)",
)

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_MIGHTY = """SELECT rolsuper OR EXISTS (
    SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'log%'
        AND pg_has_role(rolname, tableowner, 'MEMBER')
) FROM pg_roles WHERE rolname = current_user"""


def grant(connection: Connection, role: str) -> None:
    """Give the application's role its rights on every table there is, and no others."""
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}"))
    connection.execute(text(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {name}"))
    connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}"))
    for table in connection.scalars(text(_TABLES)).all():
        rights = ", ".join(rights_on(table))
        connection.execute(text(f'GRANT {rights} ON public."{table}" TO {name}'))
    for function in _FUNCTIONS:
        connection.execute(text(f"GRANT EXECUTE ON FUNCTION public.{function} TO {name}"))


def rights_on(table: str) -> Sequence[str]:
    """The rights of the application's role on a table, as SQL names them."""
    for named in (LOG_TABLES, TREE_TABLES, _READ_ONLY, _NOTES, _KEPT):
        if table in named:
            return named[table]
    return _DATA


def is_too_mighty(connection: Connection) -> bool:
    """True if the present role is superuser, or is or belongs to the owner of the log."""
    return bool(connection.scalar(text(_MIGHTY)))
