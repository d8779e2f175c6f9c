"""What was refused or withdrawn comes last in every list, and says so."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.lifecycle import refuse_proposal, withdraw_proposal
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.search import Filter, Order, find_proposals
from consultazione.tables.models import ThematicTable
from tests.support.factories import Factory


@pytest.fixture
def table(make: Factory) -> ThematicTable:
    return make.table()


@pytest.fixture
def proposals(make: Factory, table: ThematicTable) -> list[Proposal]:
    """Two that live, then one that was refused, and one withdrawn that somebody had supported."""
    rows = [make.proposal(table, title=f"Sportello numero {n}") for n in range(4)]
    with make.database.transaction(make.citizen()) as tx:
        support_proposal(tx, proposal_id=rows[3].id)
    with make.session() as session:
        author = actor_of(session, rows[3].author_id)
    with make.database.transaction(author) as tx:
        withdraw_proposal(tx, proposal_id=rows[3].id)
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        refuse_proposal(tx, proposal_id=rows[2].id, reason="Fuori tema")
    return rows


@pytest.mark.parametrize("words", ["", "sportello"])
@pytest.mark.parametrize("order", Order)
def test_the_living_come_first_on_every_page_of_a_list(
    make: Factory, proposals: list[Proposal], words: str, order: Order
) -> None:
    criteria = Filter(cycle_id=make.cycle.id, words=words, order=order)
    first, second, refused, withdrawn = (row.id for row in proposals)
    with make.session() as session:
        found = [one.proposal.id for one in find_proposals(session, criteria)]
        pages, after = [], ""
        for _ in proposals:
            (one,) = find_proposals(session, criteria, after=after, limit=1)
            pages.append(one.proposal.id)
            after = one.key
    assert found == [second, first, withdrawn, refused]
    assert pages == found


def test_a_list_of_one_state_begins_with_the_newest(
    make: Factory, proposals: list[Proposal]
) -> None:
    criteria = Filter(cycle_id=make.cycle.id, state=ProposalState.SUBMITTED)
    with make.session() as session:
        found = [one.proposal.id for one in find_proposals(session, criteria)]
    assert found == [proposals[1].id, proposals[0].id]


def test_the_home_page_and_the_tables_page_say_that_one_was_withdrawn(
    client: FlaskClient, make: Factory, table: ThematicTable, proposals: list[Proposal]
) -> None:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    for address in (f"{make.here}/", f"/tavoli/{table.slug}", "/proposte"):
        page = client.get(address, follow_redirects=True).text
        assert page.index(proposals[1].title) < page.index(proposals[3].title), address
        assert "Withdrawn by the author" in page, address
