"""Where words of people stand in the tables, and which rows are those of a zone.

Both are read from the models, so that a new column needs no line here: every column of text or
JSON is searched, unless it is named below as one that the software alone fills in. A row is of
the zone to which its foreign keys lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Column, ColumnElement, Enum, ForeignKey, String, Table, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from consultazione.core.columns import Base

# Digests, names of files on the disk, words of closed lists, notations, numbers for computing.
TECHNICAL = frozenset({
    "basis", "choice", "code", "digest", "document_digest", "figures", "file_digest",
    "file_sha256", "kind", "logo", "media_type", "method", "parts", "path", "pdf_sha256",
    "percentages", "picture", "picture_type", "placed", "quorum", "quotas", "redacted_digest",
    "result", "rule", "rules", "scheda", "sentences", "sha256", "slug", "standing", "subject",
})  # fmt: skip
# Tables that belong to no zone. Of them, accounts are emptied by name, versions are found by the
# row that they are of, files of sealed documents go with their editions, and answers kept for
# repeats are dropped; the others hold no words of a zone's consultation (docs/erasure.md).
OUTSIDE = frozenset({
    "address_link", "alembic_version", "data_download", "api_token", "document_edition",
    "document_seal", "done_act", "ended_sign_in", "erased_file", "erasure_order",
    "gateway_identity", "installation", "job", "log_checkpoint", "log_cosignature", "log_cursor",
    "log_entry", "log_stream", "log_text", "mail", "mail_bounces", "passkey", "password_link",
    "person", "proposal_draft", "provincial_project", "provincial_table", "recovery_code",
    "replaced_file", "retention_run", "revision", "second_step", "search_dictionary",
    "search_entry", "search_key", "search_word", "search_word_count", "setup_link", "sign_in",
    "signing_copy", "taken_mail", "territory", "text_key_state", "unchecked_sum", "zone_draft",
})  # fmt: skip
# Tables whose rows are of the zone of a row that refers to them: its table, and the column.
REFERRED = {
    "document_signature": (
        ("outcome_party", "signature_id"),
        ("outcome_adherent", "signature_id"),
        ("minutes_signature", "signature_id"),
    ),
}
_ZONE = "zone"
# A way over a column that may be empty is taken only where there is no other.
_MAYBE = 100


def text_columns() -> Iterator[Column[str]]:
    """Every column of a zone's tables that can hold words of people, text or JSON."""
    for table in Base.metadata.sorted_tables:
        if table.name not in OUTSIDE:
            yield from (column for column in table.columns if _holds_words(column))


def tables_with_words() -> list[Table]:
    """Their tables."""
    return list(dict.fromkeys(column.table for column in text_columns()))


def is_json(column: Column[str]) -> bool:
    """True if a column holds JSON."""
    return isinstance(column.type, JSONB)


def in_zone(table: Table, zone_id: int) -> ColumnElement[bool]:
    """The condition that a row of a table is one of a zone's; LookupError if none can be."""
    if table.name == _ZONE:
        return table.c.id == zone_id
    if table.name in REFERRED:
        return or_(*(_referred(table, *way, zone_id) for way in REFERRED[table.name]))
    ways = ways_to_zone(table)
    if not ways:
        raise LookupError(f"nothing leads from {table.name} to a zone")
    return or_(
        *(
            way.parent.in_(select(way.column).where(in_zone(way.column.table, zone_id)))
            for way in ways
        )
    )


def _referred(table: Table, referring: str, name: str, zone_id: int) -> ColumnElement[bool]:
    """The condition that one of the zone's rows of another table refers to a row, by its id."""
    other = Base.metadata.tables[referring]
    return table.c.id.in_(select(other.c[name]).where(in_zone(other, zone_id)))


def ways_to_zone(table: Table) -> list[ForeignKey]:
    """The foreign keys over which a table's rows belong to a zone: one that is never empty, if
    there is one, else all that may be.
    """
    costs = _costs()
    nearer = [
        key
        for column in table.columns
        for key in column.foreign_keys
        if costs.get(key.column.table.name, _FAR) < costs.get(table.name, _FAR)
    ]
    certain = [key for key in nearer if not _may_be_empty(key)]
    if certain:
        return [min(certain, key=lambda key: costs[key.column.table.name])]
    return nearer


_FAR = 10**6


@cache
def _costs() -> dict[str, int]:
    """How far each table is from the zone, over its foreign keys."""
    costs = {_ZONE: 0}
    while True:
        found = dict(costs)
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                beyond = costs.get(key.column.table.name, _FAR)
                cost = beyond + (_MAYBE if _may_be_empty(key) else 1)
                if cost < found.get(table.name, _FAR):
                    found[table.name] = cost
        if found == costs:
            return costs
        costs = found


def _may_be_empty(key: ForeignKey) -> bool:
    return bool(key.parent.nullable)


def _holds_words(column: Column[str]) -> bool:
    textual = isinstance(column.type, String) and not isinstance(column.type, Enum)
    return (
        (textual or isinstance(column.type, JSONB))
        and column.name not in TECHNICAL
        and column.computed is None
    )
