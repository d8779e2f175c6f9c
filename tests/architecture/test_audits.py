"""Every kind of entry and every column is compared by an audit, or named with the reason."""

from __future__ import annotations

from consultazione import audits, events, features, models, unaudited
from consultazione.core.audit import books
from consultazione.core.columns import Base
from consultazione.core.events import registry

LOADED = (audits.ALL, events, features, models)


def _audited() -> dict[str, set[str]]:
    """The columns that audits compare, by table."""
    found: dict[str, set[str]] = {}
    for book in books():
        for audit in book.audits:
            found.setdefault(audit.table.name, set()).update(audit.columns, audit.key)
    return found


def test_every_kind_of_entry_is_read_by_an_audit_or_named() -> None:
    read = {kind for book in books() for kind in book.kinds}
    named = [kind for kinds in unaudited.KINDS.values() for kind in kinds]
    ours = {kind for kind, event in registry().items() if event.__module__.startswith("consul")}
    assert sorted(ours - read) == sorted(named)
    assert read <= ours


def test_every_table_is_audited_or_named() -> None:
    named = [table for tables in unaudited.TABLES.values() for table in tables]
    assert sorted(Base.metadata.tables.keys() - _audited().keys()) == sorted(named)


def test_every_column_of_an_audited_table_is_compared_or_named() -> None:
    left = {
        f"{table}.{column.name}"
        for table, compared in _audited().items()
        for column in Base.metadata.tables[table].columns
        if column.name not in compared
    }
    assert left == unaudited.columns().keys()
