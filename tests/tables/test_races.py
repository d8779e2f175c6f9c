"""Two put the same thing right, or one begins what another ends: exactly one wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Refusal
from consultazione.core.log import read_stream
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.organisations import correct_organisation
from consultazione.people.models import Mandate
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.setup.commands.tables import change_table, close_table
from consultazione.tables.commands import take_seat
from consultazione.tables.events import table_stream
from consultazione.tables.models import Seat
from consultazione.tables.seats.commands import give_seat_back, withdraw_organisation
from tests.support.factories import Factory
from tests.support.final_commits import final_commits

REASON = "It was entered wrongly."
Act = tuple[Actor, Callable[..., Any], dict[str, Any]]


@pytest.fixture
def real(engine: Engine) -> Iterator[Factory]:
    """A factory on a database whose commits are real, emptied afterwards."""
    with final_commits(engine) as database:
        yield Factory(database)


def at_once(make: Factory, *acts: Act) -> list[bool]:
    """Run commands in parallel; returns for each whether it was not refused."""
    barrier = Barrier(len(acts))

    def done(act: Act) -> bool:
        who, command, values = act
        try:
            with make.database.transaction(who) as tx:
                tx.session.connection()
                barrier.wait(10)
                command(tx, **values)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def test_of_two_corrections_of_an_organisation_one_wins(real: Factory) -> None:
    row, office = real.organisation(), real.holder(Role.PLAN_OFFICE)
    values = {"organisation_id": row.id, "version": 1, "reason": REASON, "category": row.category}
    acts = [(office, correct_organisation, {**values, "name": f"Nome {n}"}) for n in range(3)]
    assert sum(at_once(real, *acts)) == 1


def test_of_two_corrections_of_a_table_one_wins(real: Factory) -> None:
    table, admin = real.table(), real.holder(Role.ADMINISTRATOR)
    values = {"table_id": table.id, "version": 1, "reason": REASON, "kind": table.kind}
    acts = [
        (admin, change_table, {**values, "name": f"Nome {n}", "remit": "Casa"}) for n in range(3)
    ]
    assert sum(at_once(real, *acts)) == 1


def test_a_seat_is_given_back_once(real: Factory) -> None:
    table, row, office = real.table(), real.organisation(), real.holder(Role.PLAN_OFFICE)
    seat = {"table_id": table.id, "organisation_id": row.id}
    with real.database.transaction(office) as tx:
        take_seat(tx, **seat)
    acts: list[Act] = [(office, give_seat_back, {**seat, "reason": REASON})] * 3
    assert sum(at_once(real, *acts)) == 1


def test_nothing_holds_for_an_organisation_that_is_withdrawn_meanwhile(real: Factory) -> None:
    office, table = real.holder(Role.PLAN_OFFICE), real.table()
    for _ in range(5):
        row, person = real.organisation(), real.person()
        given = {"act": "Deed", "starts_on": clock.today(), "ends_on": None}
        mandate = {"organisation_id": row.id, "email": person.email, **given}
        withdrawn, *_rest = at_once(
            real,
            (office, withdraw_organisation, {"organisation_id": row.id, "reason": REASON}),
            (office, give_mandate, mandate),
            (office, take_seat, {"table_id": table.id, "organisation_id": row.id}),
        )
        assert withdrawn
        holds = select(func.count()).where(
            Mandate.organisation_id == row.id, Mandate.is_valid(clock.now())
        )
        seated = select(func.count()).where(Seat.organisation_id == row.id)
        with real.session() as session:
            assert (session.scalar(holds), session.scalar(seated)) == (0, 0)


def test_a_delegate_proposes_while_their_organisation_is_withdrawn(real: Factory) -> None:
    """Neither waits for the other for ever: both begin with the table, then take the mandate."""
    office = real.holder(Role.PLAN_OFFICE)
    for _ in range(8):
        table, person = real.table(), real.person()
        row = real.seated(table.id)
        real.mandate(person, row)
        delegate = real.actor(person)
        proposal = {"table_id": table.id, "title": "Uno", "body": "Due"}
        withdrawn, submitted = at_once(
            real,
            (office, withdraw_organisation, {"organisation_id": row.id, "reason": REASON}),
            (delegate, submit_proposal, proposal),
        )
        assert withdrawn
        assert submitted


def test_a_proposal_comes_before_the_table_is_closed_or_not_at_all(real: Factory) -> None:
    admin, citizen = real.holder(Role.ADMINISTRATOR), real.citizen()
    for _ in range(5):
        table = real.table()
        proposal = {"table_id": table.id, "title": "Uno", "body": "Due"}
        closed, submitted = at_once(
            real,
            (admin, close_table, {"table_id": table.id, "reason": REASON}),
            (citizen, submit_proposal, proposal),
        )
        assert closed
        with real.session() as session:
            kinds = [entry.kind for entry in read_stream(session, table_stream(table.id))]
        assert kinds[-1] == "table.closed"
        assert kinds.count("proposal.submitted") == submitted
