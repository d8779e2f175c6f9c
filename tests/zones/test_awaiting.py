"""The home page's to-do list shows each reader their own tasks, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.people.models import Category
from tests.support.factories import Factory
from tests.support.signoff_board import Board

TURN = "Tocca a te"


def home(client: FlaskClient) -> str:
    return client.get("/", headers={"Accept-Language": "it"}, follow_redirects=True).text


def test_nothing_awaits_a_visitor_or_a_citizen(client: FlaskClient, make: Factory) -> None:
    make.proposal()
    assert TURN not in home(client)
    assert TURN not in home(make.sign_in(client, make.citizen()))


def test_a_facilitator_reads_which_proposals_wait(client: FlaskClient, make: Factory) -> None:
    table, other = make.table(), make.table()
    make.proposal(table=table)
    assert TURN not in home(make.sign_in(client, make.holder(Role.FACILITATOR, other.id)))
    page = home(make.sign_in(client, make.holder(Role.FACILITATOR, table.id)))
    assert TURN in page
    assert f"tavolo={table.slug}" in page


def test_a_delegate_reads_which_outcomes_wait(client: FlaskClient, make: Factory) -> None:
    delegate = make.delegate(Category.UNION)
    outcome = make.outcome("Una conclusione.")
    assert f"/esiti/{outcome.id}" in home(make.sign_in(client, delegate))
    assert f'class="more" href="/esiti/{outcome.id}"' not in home(
        make.sign_in(client, make.delegate(Category.VOLUNTEERING))
    )


def test_a_delegate_reads_how_long_there_is_to_answer(client: FlaskClient, make: Factory) -> None:
    board = Board.of(make, 1)
    make.sign_in(client, board.delegates[0])
    assert "Mancano 30 giorni" in home(client)
    board.overdue(0)
    assert "Oggi è l’ultimo giorno" in home(client)
    board.overdue()
    assert "La scadenza è passata" in home(client)


def test_the_chair_reads_which_sign_offs_end_soon(client: FlaskClient, make: Factory) -> None:
    """A day that is far away is no task; a sign-off without a last day is one."""
    board = Board.of(make, 1)
    told = "1 risposta attesa"
    make.sign_in(client, make.holder(Role.FACILITATOR, board.outcome.table_id))
    assert told not in home(client)
    for day in (clock.today() + timedelta(days=7), None):
        board.due(day)
        assert told in home(client)
    assert told not in home(make.sign_in(client, make.holder(Role.FACILITATOR, make.table().id)))


def test_the_plan_office_reads_how_many_contributions_wait(
    client: FlaskClient, make: Factory
) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    assert "/piano/ufficio" not in home(make.sign_in(client, office)).partition("<main")[2]
    make.contributions("Una.", "Due.")
    page = home(make.sign_in(client, office)).partition("<main")[2]
    assert "2 contributi al piano" in page
