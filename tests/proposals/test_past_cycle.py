"""A past cycle takes no proposals, comments or supports; what was said in its time still loads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Position
from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.errors import Conflict
from consultazione.people.commands.tokens import create_token
from consultazione.proposals.commands.lifecycle import submit_proposal, withdraw_proposal
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.zones.commands.setting_up import open_cycle
from tests.support.factories import Factory

Ask = Callable[[Proposal], tuple[Callable[..., Any], dict[str, Any]]]
ASKS: dict[str, Ask] = {
    "proposal": lambda old: (
        submit_proposal, {"table_id": old.table_id, "title": "Tardi", "body": "Troppo tardi."}
    ),
    "comment": lambda old: (
        write_comment, {"proposal_id": old.id, "position": Position.AGAINST, "body": "No."}
    ),
    "support": lambda old: (support_proposal, {"proposal_id": old.id}),
}  # fmt: skip


def open_the_next(make: Factory) -> None:
    """The zone opens its next cycle; an earlier one, added after, makes no difference."""
    with make.database.transaction(SYSTEM) as tx:
        for first, last in ((2025, 2027), (2009, 2011)):
            open_cycle(tx, zone_id=make.zone.id, first_year=first, last_year=last)


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_past_cycle_takes_nothing_new(make: Factory, ask: Ask) -> None:
    command, told = ask(make.proposal())
    before, citizen = clock.now() - timedelta(seconds=1), make.citizen()
    open_the_next(make)
    with (
        pytest.raises(Conflict, match="the plan that is being written"),
        make.database.transaction(citizen) as tx,
    ):
        command(tx, **told)
    with make.database.transaction(SYSTEM) as tx, tx.acting_as(citizen, at=before):
        assert command(tx, **told)


def test_what_was_said_can_be_taken_back(make: Factory) -> None:
    author, friend = make.citizen(), make.citizen()
    proposal = make.proposal(author=author)
    with make.database.transaction(friend) as tx:
        support_proposal(tx, proposal_id=proposal.id)
    open_the_next(make)
    with make.database.transaction(friend) as tx:
        withdraw_support(tx, proposal_id=proposal.id)
    with make.database.transaction(author) as tx:
        row = withdraw_proposal(tx, proposal_id=proposal.id)
        assert (row.state, row.supports) == (ProposalState.WITHDRAWN, 0)


def test_pages_offer_and_programs_are_told_so(client: FlaskClient, make: Factory) -> None:
    proposal, citizen = make.proposal(), make.citizen()
    with make.database.transaction(citizen) as tx:
        key = create_token(tx, person_id=citizen.person_id or 0, label="test")
    make.sign_in(client, citizen)
    page, forms = f"/proposte/{proposal.id}", ("osservazioni/nuova", "sostieni")
    assert all(f'action="{page}/{form}"' in client.get(page).text for form in forms)
    open_the_next(make)
    assert not any(f'action="{page}/{form}"' in client.get(page).text for form in forms)
    body = {"table_id": proposal.table_id, "title": "Tardi", "body": "Uno sportello in più."}
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.post("/api/v1/proposals", json=body, headers=headers)
    assert answer.status_code == 409
