"""The public log is read by an index of just what is asked for, however much came since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Select, select, text
from sqlalchemy.dialects.postgresql import dialect
from sqlalchemy.orm import Session

from consultazione.core.log import (
    EntryRow,
    Stream,
    newest_of_family,
    newest_of_kinds,
    newest_of_streams,
)
from consultazione.home.streams import streams_of
from consultazione.zones.event_sentences import NOTABLE
from consultazione.zones.models import Territory
from consultazione.zones.public_log import newest_entries, public_entries
from tests.support.factories import Factory
from tests.support.superuser import all_mighty
from tests.support.two_zones import one_of_everything

_SINCE = """
INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
SELECT 'poll:77', n, 'ballot.cast', '{}', now(), '\\x00', '\\x00', '\\x00'
FROM generate_series(1, 3000) n
"""


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """The test's transaction, in the name of a role that may do more than the application's."""
    with all_mighty(engine) as connection:
        # What other tests left in the table and its indexes would sway the planner.
        # The log refuses to be emptied, even by its owner.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("TRUNCATE log_entry CASCADE"))
        connection.execute(text("SET LOCAL session_replication_role = origin"))
        yield connection


@pytest.fixture
def busy(make: Factory, connection: Connection, territory: Territory) -> Factory:
    """A log in which much has been cast since the last proposals.

    The zone is in a territory: the planner guesses that a table without rows has many.
    """
    assert territory.id
    table = make.table()
    for _ in range(3):
        make.proposal(table)
    connection.execute(text("ALTER TABLE log_entry DISABLE TRIGGER USER"))
    connection.execute(text(_SINCE))
    connection.execute(text("ANALYZE"))
    return make


def plan_of(busy: Factory, query: Select[int]) -> str:
    statement = str(query.compile(dialect=dialect(), compile_kwargs={"literal_binds": True}))
    with busy.session() as session:
        return "\n".join(session.scalars(text("EXPLAIN " + statement.replace(":", r"\:"))))


@pytest.mark.parametrize("before", [0, 10**6])
def test_the_newest_of_a_family_stand_in_an_index(busy: Factory, before: int) -> None:
    query = newest_of_family(select(EntryRow.position), "table", before=before).limit(5)
    plan = plan_of(busy, query)
    assert "using ix_log_entry_family" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("before", [0, 10**6])
def test_the_newest_of_a_zones_streams_stand_in_an_index(busy: Factory, before: int) -> None:
    plan = plan_of(busy, newest_of_streams(streams_of(busy.cycle.id), before=before, limit=5))
    assert "using ix_log_entry_stream_position" in plan
    assert "on log_entry" not in plan.replace("ix_log_entry_stream_position on log_entry", "")


def test_the_newest_of_kinds_in_a_zones_streams_stand_in_an_index(busy: Factory) -> None:
    plan = plan_of(busy, newest_of_kinds(streams_of(busy.cycle.id), NOTABLE, limit=5))
    assert "using ix_log_entry_stream_kind" in plan
    assert "on log_entry" not in plan.replace("ix_log_entry_stream_kind on log_entry", "")


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


@pytest.mark.parametrize("which", ["", "table", "zone", "table:{table}", "plan"])
def test_a_zones_log_is_what_the_whole_log_has_of_its_streams(busy: Factory, which: str) -> None:
    which = which.format(table=busy.table().id)
    busy.proposal()
    Factory(busy.database).proposal()
    streams = streams_of(busy.cycle.id)
    with busy.session() as session:
        names = set(session.scalars(streams))
        ours = [row for row in everything(session) if row[2] in names]
        expected = [row for row in ours if not which or f"{row[2]}:".startswith(f"{which}:")]
        first = public_entries(session, which=which, limit=2, streams=streams)
        last = first[-1].position if first else 0
        rest = public_entries(session, which=which, before=last, limit=10_000, streams=streams)
    assert [row.position for row in [*first, *rest]] == [row[0] for row in expected]


def test_a_kind_of_the_home_page_is_recorded_in_its_family(make: Factory, tmp_path: Path) -> None:
    one_of_everything(make, tmp_path)
    with make.session() as session:
        rows = everything(session)
    found = {(row[2].partition(":")[0], row[1]) for row in rows}
    known = {kind: family for family, kinds in NOTABLE.items() for kind in kinds}
    notable = {(family, kind) for family, kind in found if kind in known}
    assert notable == {(known[kind], kind) for _family, kind in notable}
    assert {family for family, _kind in notable} >= {"zone", "table", "sitting", "minutes", "plan"}


def test_what_is_new_is_the_newest_of_some_kinds(busy: Factory) -> None:
    kinds = {"table": {"proposal.submitted", "table.set_up"}, "sitting": {"sitting.closed"}}
    some = {kind for own in kinds.values() for kind in own}
    with busy.session() as session:
        expected = [row for row in everything(session) if row[1] in some][:3]
        found = newest_entries(session, kinds, limit=3, streams=select(Stream.name))
    assert [(row.position, row.kind, row.stream) for row in found] == expected
    assert len(found) == 3
