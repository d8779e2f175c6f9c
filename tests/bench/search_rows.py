"""A zone in which very much has been said: proposals and comments, written straight into tables.

By commands they would take hours. The log gets an entry for each comment, whose text is sealed as
in life; its chain is none, since nothing here is verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
from sqlalchemy import Connection, Engine, text

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.log.texts import SALT_BYTES, SaltedText, seal_text
from consultazione.core.text_keys import Tree, keys_of
from consultazione.search.indexing.dictionary import count_words, mark_stale
from consultazione.search.indexing.rekeying import newest_leaf
from consultazione.search.indexing.sealed_stems import sealed, stems_of
from tests.support.factories import Factory

# How many of a thousand texts have a word.
SHARES = {"sportello": 330, "trasporto": 20, "lavanderia": 1}
_WORDS = 20_011  # different words that come by turns
_A_BATCH = 20_000
_LEAVES = 10_000
_INDEXES = ("papers", "proposals", "stems", "title")

_PROPOSALS = """
INSERT INTO proposal
    (table_id, author_id, category, title, body, state, submitted_at, demo, supports)
SELECT :place, :author, 'citizen',
    'Proposta ' || {some} || 'parola' || n % 20011 || ' parola' || (n * 31) % 20011,
    {some} || (SELECT string_agg('parola' || (n * 7 + k * 7919) % 20011, ' ')
        FROM generate_series(1, 60) k),
    CASE WHEN n % 3 = 0 THEN 'admitted' ELSE 'submitted' END,
    now() - n * interval '1 minute', false, n % 17
FROM generate_series(1, :many) n
"""
_SOME = " || ".join(
    f"CASE WHEN (n * 7919) % 1000 < {share} THEN '{word} ' ELSE '' END"
    for word, share in SHARES.items()
)
_INDEXED = """
INSERT INTO search_entry (kind, object_id, band, zone_id, cycle_id, table_id, category, state, at,
    title, words, spelt)
SELECT 'proposal', p.id, 1, t.zone_id, t.cycle_id, t.id, p.category, p.state, p.submitted_at,
    p.title, setweight(to_tsvector('italian_plain', p.title), 'A')
        || to_tsvector('italian_plain', p.body),
    strip(to_tsvector('spelt_plain', p.title || ' ' || p.body))
FROM proposal p JOIN thematic_table t ON t.id = p.table_id
ON CONFLICT DO NOTHING
"""
_ENTRIES = """
INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
SELECT 'table:' || :place, 1000000 + n, 'comment.written', '{}', now(), '\\x00',
    sha256(n::text::bytea), sha256(n::text::bytea)
FROM generate_series(1, :many) n
"""


def fill(engine: Engine, owner: Engine, make: Factory, *, proposals: int, comments: int) -> None:
    """Write so many proposals and comments, and index them."""
    table, author = make.table(), make.citizen().person_id
    with owner.begin() as connection:
        dropped = list(_drop_indexes(connection))
        # Comments have leaves above those of the zone; what is drawn from here on is above both.
        connection.execute(
            text("SELECT setval('text_leaf', :leaf)"), {"leaf": 2 * (comments + _LEAVES)}
        )
    values = {"place": table.id, "author": author, "many": proposals}
    with engine.begin() as connection:
        connection.execute(text(_PROPOSALS.format(some=_SOME)), values)
        connection.execute(text(_INDEXED))
        first = connection.scalar(text("SELECT max(position) FROM log_entry")) or 0
        connection.execute(text(_ENTRIES), {"place": table.id, "many": comments})
        above = {"first": first}
        query = "SELECT position FROM log_entry WHERE position > :first ORDER BY position"
        positions = list(connection.scalars(text(query), above))
    with make.database.snapshot() as session:
        tree = keys_of(session).tree(session)
    _write_comments(engine, make, tree, positions, author or 0)
    with make.database.transaction(SYSTEM) as tx:
        mark_stale(tx.session, {make.zone.id})
    count_words(make.database, make.zone.id)
    with owner.begin() as connection:
        for definition in dropped:
            connection.execute(text(definition))
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _drop_indexes(connection: Connection) -> Iterator[str]:
    """Drop what takes long to keep up row by row; how each is made again."""
    for name in _INDEXES:
        index = f"ix_search_entry_{name}"
        query = text("SELECT indexdef FROM pg_indexes WHERE indexname = :name")
        yield connection.execute(query, {"name": index}).scalar_one()
        connection.execute(text(f"DROP INDEX {index}"))


def _body(number: int) -> str:
    """What the comment with a number says: twelve words, and the common ones as often as said."""
    turn = (number * 7919) % 1000
    words = [word for word, share in SHARES.items() if turn < share]
    words += [f"parola{(number * 13 + k * 7907) % _WORDS}" for k in range(12)]
    return " ".join(words)


def _write_comments(
    engine: Engine, make: Factory, tree: Tree, positions: list[int], author: int
) -> None:
    stems = _Stems(make)
    with make.session() as session:
        rows = session.execute(
            text("SELECT p.id, t.zone_id, t.cycle_id, t.id FROM proposal p"
                 " JOIN thematic_table t ON t.id = p.table_id ORDER BY p.id")
        ).all()  # fmt: skip
    now = clock.now()
    raw = engine.raw_connection()
    try:
        connection: psycopg.Connection[tuple[object, ...]] = raw.driver_connection  # type: ignore[assignment]
        for start in range(0, len(positions), _A_BATCH):
            batch = [
                (start + n + 1, position)
                for n, position in enumerate(positions[start : start + _A_BATCH])
            ]
            _copy_batch(connection, batch, tree, stems, rows, author, now)
            connection.commit()
    finally:
        raw.close()


def _copy_batch(connection, batch, tree, stems, rows, author, now) -> None:  # type: ignore[no-untyped-def]
    """One batch into the three tables; the comment with id n has a leaf by that number."""
    with connection.cursor() as cursor:
        with cursor.copy("COPY log_text (position, field, leaf, sealed) FROM STDIN") as copy:
            for n, position in batch:
                salted = SaltedText(bytes(SALT_BYTES), _body(n))
                content = seal_text(
                    tree, position=position, field="body", leaf=_LEAVES + n, text=salted
                )
                copy.write_row((position, "body", _LEAVES + n, content))
        columns = "id, proposal_id, author_id, category, position, leaf, at, demo"
        with cursor.copy(f"COPY comment ({columns}) FROM STDIN") as copy:
            for n, _position in batch:
                at, row = now - timedelta(seconds=n), rows[n % len(rows)]
                copy.write_row((n, row[0], author, "citizen", "neutral", _LEAVES + n, at, False))
        columns = "kind, object_id, band, zone_id, cycle_id, table_id, category, state, at, leaf"
        with cursor.copy(f"COPY search_entry ({columns}, stems) FROM STDIN") as copy:
            for n, _position in batch:
                at, (_id, zone_id, cycle_id, table_id) = (
                    now - timedelta(seconds=n), rows[n % len(rows)],
                )  # fmt: skip
                copy.write_row((
                    "comment", n, 2, zone_id, cycle_id, table_id, "citizen", "neutral", at,
                    stems.leaf, stems.of(_body(n)),
                ))  # fmt: skip


class _Stems:
    """The digests of the stems of what these comments say, each computed once."""

    def __init__(self, make: Factory) -> None:
        self._make = make
        words = [*SHARES, *(f"parola{n}" for n in range(_WORDS))]
        with make.database.transaction(SYSTEM) as tx:
            self.leaf = newest_leaf(tx.session, at=tx.now)
            stems = stems_of(tx.session, words)
            flat = [found[0] for found in stems]
            self._digests = dict(zip(words, sealed(tx.session, self.leaf, flat), strict=True))

    def of(self, body: str) -> list[int]:
        """The digests of a body."""
        return [self._digests[word] for word in body.split()]
