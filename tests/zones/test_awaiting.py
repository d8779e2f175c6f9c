"""The home page's to-do list shows each reader their own tasks, and nobody else's."""

from __future__ import annotations

from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.people.models import Category
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.commands.supporting import support_proposal
from tests.support.factories import Factory

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


def test_the_plan_office_reads_how_many_contributions_wait(
    client: FlaskClient, make: Factory
) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    assert "/piano/ufficio" not in home(make.sign_in(client, office)).partition("<main")[2]
    make.contributions("Una.", "Due.")
    page = home(make.sign_in(client, office)).partition("<main")[2]
    assert "2 contributi al piano" in page


def test_supporters_and_the_facilitator_read_that_a_text_was_changed(
    client: FlaskClient, make: Factory
) -> None:
    proposal, friend = make.proposal(), make.citizen()
    facilitator = make.holder(Role.FACILITATOR, proposal.table_id)
    with make.database.transaction(friend) as tx:
        support_proposal(tx, proposal_id=proposal.id)
    with make.database.transaction(facilitator) as tx:
        admit_proposal(tx, proposal_id=proposal.id)
    with make.session() as session:
        author = actor_of(session, proposal.author_id)
    for who in (friend, facilitator):
        assert TURN not in home(make.sign_in(client, who))
    with make.database.transaction(author) as tx:
        edit_proposal(
            tx, proposal_id=proposal.id, version=1, title="Altro", body="Un altro testo.",
            reason="Meglio",
        )  # fmt: skip
    for who, anchor in ((friend, "#sostegni"), (facilitator, "")):
        assert f'href="/proposte/{proposal.id}{anchor}"' in home(make.sign_in(client, who))
    with make.database.transaction(friend) as tx:
        support_proposal(tx, proposal_id=proposal.id)
    with make.database.transaction(facilitator) as tx:
        admit_proposal(tx, proposal_id=proposal.id)
    for who in (friend, facilitator):
        assert TURN not in home(make.sign_in(client, who))
