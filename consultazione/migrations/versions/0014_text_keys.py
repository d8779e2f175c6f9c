"""Seal the texts of the log, each under a key of its own, and keep comments in the log alone.

The keys stand in a file outside of the database (`core.text_keys`), which is made here if
there are texts. What was erased before stays erased, up and down. The old pages of the tables
go with the VACUUM that `core.migrate.upgrade` does afterwards: it cannot run in here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

from consultazione.core.text_keys import (
    KeyDestroyed,
    StateFile,
    Tree,
    open_sealed,
    seal,
    state_of,
)

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_BATCH = 1000
_SALT_BYTES = 16
# A comment refers to the text of the entry that wrote it.
_REFER = sa.text("""
    UPDATE comment SET leaf = t.leaf
    FROM log_text t JOIN log_entry e ON e.position = t.position AND e.kind = 'comment.written'
    WHERE t.field = 'body' AND (e.data ->> 'comment_id')::bigint = comment.id
""")
_COPY_BACK = sa.text(
    "UPDATE comment SET body = coalesce(t.body, '') FROM log_text t WHERE t.leaf = comment.leaf"
)
_STORE_SEALED = "UPDATE log_text SET sealed = :sealed WHERE position = :position AND field = :field"
_STORE_CLEAR = (
    "UPDATE log_text SET salt = :salt, body = :body WHERE position = :position AND field = :field"
)
_BATCH_OF = (
    "SELECT * FROM log_text WHERE {} IS NOT NULL AND (position, field) > (:position, :field) "
    "ORDER BY position, field LIMIT :batch"
)


def upgrade() -> None:
    op.execute("CREATE SEQUENCE text_leaf MINVALUE 0 MAXVALUE 1099511627775")
    op.create_table(
        "text_key_state",
        sa.Column("id", postgresql.UUID(), nullable=False),
        sa.Column("clear_copies", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_key_state")),
    )
    op.add_column("log_text", sa.Column("leaf", sa.BigInteger()))
    op.add_column("log_text", sa.Column("sealed", sa.LargeBinary()))
    op.add_column("comment", sa.Column("leaf", sa.BigInteger()))
    op.execute("UPDATE log_text SET leaf = nextval('text_leaf')")
    op.execute(_REFER)
    _make_keys()
    op.drop_column("log_text", "body")
    op.drop_column("log_text", "salt")
    op.drop_column("comment", "body")
    for table in ("log_text", "comment"):
        op.alter_column(table, "leaf", nullable=False)
        op.create_unique_constraint(op.f(f"uq_{table}_leaf"), table, ["leaf"])
    op.create_index(
        "ix_log_text_erased", "log_text", ["leaf"], postgresql_where=sa.text("sealed IS NULL")
    )


def downgrade() -> None:
    op.add_column("log_text", sa.Column("salt", sa.LargeBinary()))
    op.add_column("log_text", sa.Column("body", sa.Text()))
    op.add_column("comment", sa.Column("body", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT FROM log_text)")):
        tree = _state().tree()
        _rewrite("sealed", _STORE_CLEAR, lambda row: _opened(tree, row))
    op.execute(_COPY_BACK)
    op.alter_column("comment", "body", server_default=None)
    op.drop_index("ix_log_text_erased", "log_text")
    op.drop_column("comment", "leaf")
    op.drop_column("log_text", "sealed")
    op.drop_column("log_text", "leaf")
    op.drop_table("text_key_state")
    op.execute("DROP SEQUENCE text_leaf")


def _make_keys() -> None:
    """Give the database its id, and seal the texts that there are under a new state."""
    has_texts = bool(op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT FROM log_text)")))
    op.get_bind().execute(
        sa.text("INSERT INTO text_key_state VALUES (:id, :clear)"),
        {"id": uuid.uuid4(), "clear": has_texts},
    )
    if has_texts:
        state = _state()
        state.create()
        tree = state.tree()
        _rewrite("body", _STORE_SEALED, lambda row: _sealed(tree, row))


def _state() -> StateFile:
    directory = context.config.attributes.get("secrets_dir")
    if directory is None:
        raise RuntimeError("this database has texts: say where their keys are (SECRETS_DIR)")
    return state_of(
        directory, op.get_bind().execute(sa.text("SELECT id FROM text_key_state")).scalar_one()
    )


def _rewrite(column: str, store: str, rewritten: Callable[[Any], dict[str, Any]]) -> None:
    """Store every text in its other form, a batch at a time."""
    connection, position, field = op.get_bind(), 0, ""
    batch = sa.text(_BATCH_OF.format(column))
    while rows := connection.execute(
        batch, {"position": position, "field": field, "batch": _BATCH}
    ).all():
        values = [{"position": r.position, "field": r.field, **rewritten(r)} for r in rows]
        connection.execute(sa.text(store), values)
        position, field = rows[-1].position, rows[-1].field


def _sealed(tree: Tree, row: Any) -> dict[str, Any]:
    content = bytes(row.salt) + row.body.encode()
    return {"sealed": seal(tree.key(row.leaf), _place(row), content)}


def _opened(tree: Tree, row: Any) -> dict[str, Any]:
    """Salt and words; neither if the key was destroyed and only a copy of the row came back."""
    try:
        content = open_sealed(tree.key(row.leaf), _place(row), bytes(row.sealed))
    except KeyDestroyed:
        return {"salt": None, "body": None}
    return {"salt": content[:_SALT_BYTES], "body": content[_SALT_BYTES:].decode()}


def _place(row: Any) -> bytes:
    return f"{row.position}/{row.field}".encode()
