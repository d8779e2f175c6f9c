"""The lifecycle of a proposal: submitting, admitting, refusing, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.log import read_stream
from consultazione.people.models import Category
from consultazione.proposals.commands.lifecycle import (
    admit_proposal,
    refuse_proposal,
    submit_proposal,
    withdraw_proposal,
)
from consultazione.proposals.events import ProposalNotAdmitted, ProposalSubmitted
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.tables.events import table_stream
from consultazione.tables.models import TableKind
from tests.support.factories import Factory

# The three decisions on a proposal, still without an actor.
refuse: Callable[..., Proposal] = partial(refuse_proposal, reason="Fuori tema.")
DECISIONS = [admit_proposal, refuse, withdraw_proposal]


def run(make: Factory, actor: Actor, command: Callable[..., Any], **values: Any) -> Any:
    with make.database.transaction(actor) as tx:
        return command(tx, **values)


def kinds(make: Factory, table_id: int) -> list[str]:
    with make.session() as session:
        return [entry.kind for entry in read_stream(session, table_stream(table_id))]


def test_a_mandate_counts_on_the_day_of_the_act(make: Factory) -> None:
    """What an import dates before a mandate was done as a citizen."""
    table, delegate = make.table(), make.delegate(Category.APS)
    with (
        make.database.transaction(SYSTEM) as tx,
        tx.acting_as(delegate, at=clock.now() - timedelta(days=730)),
    ):
        proposal = submit_proposal(tx, table_id=table.id, title="Sportello", body="Per tutti.")
    assert (proposal.category, proposal.mandate_id) == (Category.CITIZEN, None)


def test_a_delegate_proposes_in_the_name_of_their_organisation(make: Factory) -> None:
    table, delegate = make.table(), make.delegate(Category.APS)
    proposal = make.proposal(table, delegate, title="Sportello", body="Uno per Comune.")
    assert proposal.state is ProposalState.SUBMITTED
    with make.session() as session:
        entry = read_stream(session, table_stream(table.id))[-1]
    assert entry.actor_id == delegate.person_id
    assert entry.event == ProposalSubmitted(
        proposal_id=proposal.id,
        table_id=table.id,
        mandate_id=proposal.mandate_id,
        category=Category.APS,
        title=FreeText("Sportello"),
        body=FreeText("Uno per Comune."),
    )


def test_who_has_no_mandate_proposes_as_a_citizen(make: Factory) -> None:
    person = make.person()
    make.mandate(person, make.organisation(), ends_on=clock.today() - timedelta(days=1))
    proposal = make.proposal(author=make.actor(person))
    assert (proposal.mandate_id, proposal.category) == (None, Category.CITIZEN)


def test_a_visitor_is_asked_to_sign_in(make: Factory) -> None:
    table = make.table()
    with pytest.raises(NotAllowed, match="Sign in"):
        run(make, VISITOR, submit_proposal, table_id=table.id, title="A", body="B")
    assert kinds(make, table.id) == ["table.set_up"]


def test_there_is_no_proposing_at_no_table(make: Factory) -> None:
    with pytest.raises(NotFound):
        run(make, make.citizen(), submit_proposal, table_id=0, title="A", body="B")


def test_at_the_union_consultation_only_unions_propose(make: Factory) -> None:
    table = make.table(TableKind.UNION_CONSULTATION)
    association, union = make.person(), make.person()
    make.mandate(association, make.seated(table.id, Category.APS))
    make.mandate(union, make.seated(table.id, Category.UNION))
    for refused in (make.actor(association), make.delegate(Category.UNION)):
        with pytest.raises(NotAllowed, match="unions with a seat"):
            make.proposal(table, refused)
    assert make.proposal(table, make.actor(union)).category is Category.UNION


def test_at_the_union_consultation_a_second_mandate_counts(make: Factory) -> None:
    person = make.person()
    make.mandate(person, make.organisation(Category.APS))
    table = make.table(TableKind.UNION_CONSULTATION)
    union = make.mandate(person, make.seated(table.id, Category.UNION))
    assert make.proposal(table, make.actor(person)).mandate_id == union.id


def test_the_facilitator_of_the_table_admits(make: Factory) -> None:
    table = make.table()
    proposal = make.proposal(table)
    admitted = run(
        make, make.holder(Role.FACILITATOR, table.id), admit_proposal, proposal_id=proposal.id
    )
    assert admitted.state is ProposalState.ADMITTED
    assert kinds(make, table.id)[-1] == "proposal.admitted"


@pytest.mark.parametrize("decide", [admit_proposal, refuse])
@pytest.mark.parametrize("who", ["the author", "a facilitator elsewhere", "a coordinator"])
def test_nobody_else_decides(make: Factory, who: str, decide: Callable[..., Any]) -> None:
    table, author = make.table(), make.citizen()
    actor = {
        "the author": lambda: author,
        "a facilitator elsewhere": lambda: make.holder(Role.FACILITATOR, make.table().id),
        "a coordinator": lambda: make.holder(Role.COORDINATOR, table.id),
    }[who]()
    proposal = make.proposal(table, author)
    with pytest.raises(NotAllowed, match="facilitator of the table"):
        run(make, actor, decide, proposal_id=proposal.id)
    assert kinds(make, table.id)[-1] == "proposal.submitted"


def test_a_refusal_tells_its_reason(make: Factory) -> None:
    proposal = make.proposal()
    plan_office = make.holder(Role.PLAN_OFFICE)
    refused = run(make, plan_office, refuse_proposal, proposal_id=proposal.id, reason="Fuori tema")
    assert (refused.state, refused.state_reason) == (ProposalState.NOT_ADMITTED, "Fuori tema")
    with make.session() as session:
        entry = read_stream(session, table_stream(proposal.table_id))[-1]
    assert entry.event == ProposalNotAdmitted(
        proposal_id=proposal.id, table_id=proposal.table_id, reason=FreeText("Fuori tema")
    )


def test_only_the_author_withdraws(make: Factory) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author)
    with pytest.raises(NotAllowed, match="Only the author"):
        run(make, make.holder(Role.ADMINISTRATOR), withdraw_proposal, proposal_id=proposal.id)
    withdrawn = run(make, author, withdraw_proposal, proposal_id=proposal.id)
    assert withdrawn.state is ProposalState.WITHDRAWN


def test_an_admitted_proposal_can_be_withdrawn(make: Factory) -> None:
    author, administrator = make.citizen(), make.holder(Role.ADMINISTRATOR)
    proposal = make.proposal(author=author)
    run(make, administrator, admit_proposal, proposal_id=proposal.id)
    withdrawn = run(make, author, withdraw_proposal, proposal_id=proposal.id)
    assert withdrawn.state is ProposalState.WITHDRAWN


@pytest.mark.parametrize("first", [refuse, withdraw_proposal])
@pytest.mark.parametrize("second", DECISIONS)
def test_a_decision_is_the_last(
    make: Factory, first: Callable[..., Any], second: Callable[..., Any]
) -> None:
    author, facilitator = make.citizen(), make.holder(Role.FACILITATOR)
    proposal = make.proposal(author=author)
    whose = {withdraw_proposal: author}
    run(make, whose.get(first, facilitator), first, proposal_id=proposal.id)
    before = kinds(make, proposal.table_id)
    with pytest.raises(Conflict):
        run(make, whose.get(second, facilitator), second, proposal_id=proposal.id)
    assert kinds(make, proposal.table_id) == before


@pytest.mark.parametrize("decide", DECISIONS)
def test_what_is_not_there_cannot_be_decided(make: Factory, decide: Callable[..., Any]) -> None:
    with pytest.raises(NotFound):
        run(make, make.holder(Role.ADMINISTRATOR), decide, proposal_id=0)


@pytest.mark.parametrize("decide", [admit_proposal, refuse])
def test_nobody_decides_on_their_own_proposal(make: Factory, decide: Callable[..., Any]) -> None:
    author = make.holder(Role.FACILITATOR)
    proposal = make.proposal(author=author)
    with pytest.raises(NotAllowed, match="You wrote this proposal"):
        run(make, author, decide, proposal_id=proposal.id)
    assert kinds(make, proposal.table_id)[-1] == "proposal.submitted"
    decided = run(make, make.holder(Role.FACILITATOR), decide, proposal_id=proposal.id)
    assert decided.state is not ProposalState.SUBMITTED
