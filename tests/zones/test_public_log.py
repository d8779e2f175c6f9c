"""The public log is read by an index of just what is asked for, however much came since."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from consultazione.core.log import EntryRow, newest_of_family, newest_of_kind
from consultazione.zones.public_log import newest_entries, public_entries
from tests.support.factories import Factory
from tests.support.superuser import all_mighty

_SINCE = """
INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
SELECT 'poll:77', n, 'ballot.cast', '{}', now(), '\\x00', '\\x00', '\\x00'
FROM generate_series(1, 3000) n
"""


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """The test's transaction, in the name of a role that may do more than the application's."""
    with all_mighty(engine) as connection:
        yield connection


@pytest.fixture
def busy(make: Factory, connection: Connection) -> Factory:
    """A log in which much has been cast since the last proposals."""
    table = make.table()
    for _ in range(3):
        make.proposal(table)
    connection.execute(text("ALTER TABLE log_entry DISABLE TRIGGER USER"))
    connection.execute(text(_SINCE))
    connection.execute(text("ANALYZE log_entry"))
    return make


@pytest.mark.parametrize("before", [0, 10**6])
@pytest.mark.parametrize(
    ("narrow", "value", "index"),
    [
        (newest_of_kind, "proposal.submitted", "ix_log_entry_kind_position"),
        (newest_of_family, "table", "ix_log_entry_family"),
    ],
)
def test_the_newest_of_a_kind_or_family_stand_in_an_index(
    busy: Factory, narrow: object, value: str, index: str, before: int
) -> None:
    query = narrow(select(EntryRow.position), value, before=before).limit(5)  # type: ignore[operator]
    statement = str(query.compile(compile_kwargs={"literal_binds": True}))
    with busy.session() as session:
        plan = "\n".join(session.scalars(text("EXPLAIN " + statement.replace(":", r"\:"))))
    assert f"using {index}" in plan
    assert "Sort" not in plan


def everything(session: Session) -> list[tuple[int, str, str]]:
    rows = public_entries(session, limit=10_000)
    return [(row.position, row.kind, row.stream) for row in rows]


@pytest.mark.parametrize("which", ["table", "poll", "zone", "poll:77", "table:{table}", "plan"])
def test_a_filter_shows_what_the_whole_log_has_of_it(
    busy: Factory, connection: Connection, which: str
) -> None:
    table = connection.scalar(text("SELECT max(id) FROM thematic_table"))
    which = which.format(table=table)
    with busy.session() as session:
        expected = [row for row in everything(session) if f"{row[2]}:".startswith(f"{which}:")]
        first = public_entries(session, which=which, limit=2)
        rest = public_entries(
            session, which=which, before=first[-1].position if first else 0, limit=10_000
        )
    assert [row.position for row in [*first, *rest]] == [row[0] for row in expected]


def test_what_is_new_is_the_newest_of_some_kinds(busy: Factory) -> None:
    kinds = {"proposal.submitted", "table.set_up", "sitting.closed"}
    with busy.session() as session:
        expected = [row for row in everything(session) if row[1] in kinds][:3]
        found = newest_entries(session, kinds, limit=3)
    assert [(row.position, row.kind, row.stream) for row in found] == expected
    assert len(found) == 3
