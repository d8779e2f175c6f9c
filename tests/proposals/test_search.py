"""Searching proposals: by the index of words, page by page, with supports that are counted."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, func, select, text

from consultazione.core.actor import Actor
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support
from consultazione.proposals.models import Proposal, Support
from consultazione.proposals.search import Filter, Order, find_proposals
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.superuser import all_mighty

MANY = 3000
_ROWS = """
INSERT INTO proposal
    (table_id, author_id, category, title, body, state, submitted_at, demo, supports)
SELECT :place, :author, 'citizen', 'Sportello ' || n,
    CASE WHEN n = 1 THEN 'lavanderia' WHEN n % 2 = 0 THEN 'comune' ELSE 'frequente' END,
    'submitted', now(), false, n % 7
FROM generate_series(1, :many) n
"""


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """The test's transaction, in the name of a role that may do more than the application's."""
    with all_mighty(engine) as connection:
        yield connection


@pytest.fixture
def cycle_id(make: Factory, connection: Connection) -> int:
    """A zone with thousands of proposals; a word is in all, in half of them, in the oldest."""
    values = {"place": make.table().id, "author": make.citizen().person_id, "many": MANY}
    connection.execute(text(_ROWS), values)
    connection.execute(text("ANALYZE proposal, thematic_table, person"))
    return make.cycle.id


def plans(connection: Connection, make: Factory, criteria: Filter) -> str:
    """What PostgreSQL does for the statements that look for the results of a search."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    with make.session() as session:
        find_proposals(session, criteria)
    event.remove(connection, "before_cursor_execute", note)
    statement, values = asked[0]
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    first = connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars().all()
    connection.execute(text("SET LOCAL enable_seqscan = on"))
    statement, values = asked[1] if len(asked) > 1 else asked[0]
    return "\n".join(
        [*first, *connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars()]
    )


@pytest.mark.parametrize("words", ["inesistente", "lavanderia", "comune frequente", "sportello"])
def test_words_are_looked_up_in_the_index(
    make: Factory, connection: Connection, cycle_id: int, words: str
) -> None:
    plan = plans(connection, make, Filter(cycle_id=cycle_id, words=words))
    assert "Bitmap Index Scan on ix_proposal_words" in plan
    assert "Seq Scan on proposal " not in plan


@pytest.mark.parametrize(
    ("order", "index"),
    [(Order.NEWEST, "ix_proposal_table_id"), (Order.SUPPORTED, "ix_proposal_table_id_supports")],
)
def test_the_first_ones_of_each_table_are_read_in_the_order_of_an_index(
    make: Factory, connection: Connection, cycle_id: int, order: Order, index: str
) -> None:
    plan = plans(connection, make, Filter(cycle_id=cycle_id, order=order))
    assert f"Scan Backward using {index} on proposal" in plan
    assert "Seq Scan on proposal " not in plan
    assert "Scan Backward using pk_proposal" not in plan


@pytest.mark.parametrize("words", ["sportello", "comune", "lavanderia", ""])
@pytest.mark.parametrize("order", Order)
def test_pages_of_a_search_follow_one_another(
    make: Factory, cycle_id: int, words: str, order: Order
) -> None:
    criteria = Filter(cycle_id=cycle_id, words=words, order=order)
    with make.session() as session:
        whole = find_proposals(session, criteria, limit=25)
        first = find_proposals(session, criteria, limit=10)
        rest = find_proposals(session, criteria, after=first[-1].key, limit=15)
    keys = [listed.key for listed in whole]
    assert keys == [listed.key for listed in [*first, *rest]]
    assert len(set(keys)) == (1 if words == "lavanderia" else 25)


def test_a_search_leaves_other_statements_their_plans(make: Factory, cycle_id: int) -> None:
    with make.session() as session:
        find_proposals(session, Filter(cycle_id=cycle_id, words="comune"))
        assert session.scalar(text("SHOW enable_seqscan")) == "on"


def counted(make: Factory) -> list[tuple[int, int]]:
    """For each proposal its number of supports, as kept and as there are."""
    rows = select(func.count()).where(Support.proposal_id == Proposal.id).scalar_subquery()
    with make.session() as session:
        return [(kept, found) for kept, found in session.execute(select(Proposal.supports, rows))]


def test_supports_are_counted_with_their_rows(make: Factory) -> None:
    proposal, crowd = make.proposal(), [make.citizen() for _ in range(3)]
    with make.database.transaction(crowd[0]) as tx:  # several in one, as an import has them
        for actor in crowd:
            with tx.acting_as(actor):
                support_proposal(tx, proposal_id=proposal.id)
                support_proposal(tx, proposal_id=proposal.id)
    with make.database.transaction(crowd[1]) as tx:
        withdraw_support(tx, proposal_id=proposal.id)
        withdraw_support(tx, proposal_id=proposal.id)
    assert counted(make) == [(2, 2)]


def test_supports_at_the_same_moment_are_all_counted(engine: Engine) -> None:
    with final_commits(engine) as database:
        make = Factory(database)
        proposal, crowd = make.proposal(), [make.citizen() for _ in range(8)]

        def support(actor: Actor) -> None:
            with database.transaction(actor) as tx:
                support_proposal(tx, proposal_id=proposal.id)

        with ThreadPoolExecutor(len(crowd)) as pool:
            list(pool.map(support, crowd))
        assert counted(make) == [(len(crowd), len(crowd))]
