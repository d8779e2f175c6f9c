"""How an append wakes the consumers of the log: LISTEN and NOTIFY of PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Select, Text, TextClause, bindparam, func, select, text

CHANNEL = "consultazione_log"


def notify_statement() -> Select[None]:
    """The statement that announces a position; its parameter is `position`, as text."""
    return select(func.pg_notify(CHANNEL, bindparam("position", type_=Text)))


def listen_statement() -> TextClause:
    """The statement with which a consumer begins to listen for new entries."""
    return text(f"LISTEN {CHANNEL}")
