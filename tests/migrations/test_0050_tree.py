"""0050: the tree; entries that were there become leaves, and nothing of it is ever changed."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.exc import DBAPIError

from consultazione.core.actor import SYSTEM
from consultazione.transparency import tree
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.leaves import hash_of
from consultazione.transparency.notes import Signer
from consultazione.zones.events import ZoneSetUp
from tests.support.scratch_database import Scratch

_TILE = "INSERT INTO log_tile VALUES (0, 0, decode(repeat('00', 8192), 'hex'), '')"


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0046")
    before = old.rows()
    old.upgrade("0050")
    assert old.value("SELECT count(*) FROM log_leaf") == 0
    old.downgrade("0046")
    assert old.rows() == before


def test_old_entries_become_leaves_a_few_at_a_time(old: Scratch) -> None:
    old.upgrade("head")
    database, signer = old.database(), Signer("example.org/log", Ed25519PrivateKey.generate())
    with database.transaction(SYSTEM) as tx:
        for zone_id in (7, 8, 9):
            tx.record(
                f"zone:{zone_id}", ZoneSetUp(zone_id=zone_id, cycle_start=2018, cycle_end=2020)
            )
    count = old.value("SELECT count(*) FROM log_entry")
    with database.transaction(SYSTEM) as tx:
        assert grow(tx, limit=2) == 2
    with database.transaction(SYSTEM) as tx:
        assert grow(tx) == count - 2 > 0
        checkpoint = publish(tx, signer=signer)
    with old.engine.connect() as connection:
        query = "SELECT stream, number, digest FROM log_entry ORDER BY position"
        rows = connection.exec_driver_sql(query).all()
    assert checkpoint is not None
    assert checkpoint.root == tree.root_of([hash_of(*row) for row in rows])


def test_leaves_leave_the_entries_alone(old: Scratch) -> None:
    """A foreign key would lock each entry, which writes it anew."""
    old.upgrade("0050")
    old.run("INSERT INTO log_leaf SELECT 0, min(position) FROM log_entry")
    assert old.value("SELECT count(*) FROM log_entry WHERE xmax <> 0") == 0


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE log_tile SET root = hashes",
        "DELETE FROM log_tile",
        "INSERT INTO log_tile VALUES (0, 1, '', '')",
        "INSERT INTO log_leaf VALUES (-1, (SELECT min(position) FROM log_entry))",
        "INSERT INTO log_leaf VALUES (0, 1), (1, 1)",
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0050")
    old.run(_TILE)
    with pytest.raises(DBAPIError):
        old.run(wrong)
