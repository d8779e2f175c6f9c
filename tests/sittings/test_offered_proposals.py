"""What a form offers of a table's proposals: few, those looked for, and what was chosen."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection

from consultazione.core.actor import Role
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.models import Proposal
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable
from tests.support.factories import Factory
from tests.support.statements import statements

TITLES = ("Sportello unico", "Trasporto serale", "Casa della salute", "Orti di quartiere")


@pytest.fixture
def table(make: Factory) -> ThematicTable:
    return make.table()


@pytest.fixture
def sitting(make: Factory, table: ThematicTable, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setattr("consultazione.sittings.queries.MOST_OFFERED", 2)
    return make.sitting(table)


@pytest.fixture
def admitted(make: Factory, table: ThematicTable) -> list[Proposal]:
    facilitator = make.holder(Role.FACILITATOR, table.id)
    proposals = [make.proposal(table, title=title) for title in TITLES]
    for proposal in proposals:
        with make.database.transaction(facilitator) as tx:
            admit_proposal(tx, proposal_id=proposal.id)
    return proposals


@pytest.fixture
def chair(make: Factory, client: FlaskClient, sitting: Sitting) -> FlaskClient:
    """The browser of somebody who may add points."""
    make.sign_in(client, make.holder(Role.FACILITATOR, sitting.table_id))
    return client


def offered(page: str) -> list[str]:
    return [title for title in TITLES if f">{title}<" in page]


def test_the_newest_are_offered_and_others_are_looked_for(
    chair: FlaskClient, table: ThematicTable, sitting: Sitting, admitted: list[Proposal]
) -> None:
    pages = (f"/sedute/{sitting.id}", f"/tavoli/{table.slug}/sedute/nuova")
    for path in pages:
        page = chair.get(path).text
        assert offered(page) == list(TITLES[2:])
        assert 'name="proposta"' in page
        found = chair.get(f"{path}?proposta=sportelli").text
        assert offered(found) == [TITLES[0]]
        assert 'value="sportelli"' in found
        assert offered(chair.get(f"{path}?proposta=\x00").text) == list(TITLES[2:])


def test_a_form_that_fails_keeps_what_was_chosen(
    chair: FlaskClient, sitting: Sitting, admitted: list[Proposal]
) -> None:
    old = admitted[0].id
    page = chair.post(
        f"/sedute/{sitting.id}/punti", data={"proposal_id": old, "minutes_planned": "9999"}
    ).text
    assert f'<option value="{old}" selected>{TITLES[0]}<' in page


def test_a_visitor_makes_the_site_read_none_of_them(
    client: FlaskClient, connection: Connection, sitting: Sitting, admitted: list[Proposal]
) -> None:
    with statements(connection) as asked:
        assert client.get(f"/sedute/{sitting.id}?proposta=sportello").status_code == 200
    assert asked
    assert not any("FROM proposal" in statement for statement in asked)
