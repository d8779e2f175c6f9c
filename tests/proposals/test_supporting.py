"""Supporting proposals: whose, when, and only once."""

from __future__ import annotations

from typing import Any

import pytest

from consultazione.core.actor import VISITOR, Actor, Role
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.log import read_stream
from consultazione.people.models import Category
from consultazione.proposals.commands.lifecycle import (
    admit_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support
from consultazione.proposals.events import ProposalSupported
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from tests.support.factories import Factory


def support(make: Factory, actor: Actor, proposal: Proposal) -> Any:
    with make.database.transaction(actor) as tx:
        return support_proposal(tx, proposal_id=proposal.id)


def events(make: Factory, proposal: Proposal) -> list[Any]:
    with make.session() as session:
        return [e.event for e in read_stream(session, table_stream(proposal.table_id), after=2)]


def test_a_support_counts_once_with_its_category(make: Factory) -> None:
    proposal, delegate = make.proposal(), make.delegate(Category.SOCIAL_COOP)
    given = support(make, delegate, proposal)
    support(make, delegate, proposal)
    assert events(make, proposal) == [
        ProposalSupported(
            proposal_id=proposal.id,
            table_id=proposal.table_id,
            mandate_id=given.mandate_id,
            category=Category.SOCIAL_COOP,
        )
    ]


def test_ones_own_proposal_needs_others(make: Factory) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author)
    with pytest.raises(Conflict, match="your own proposal"):
        support(make, author, proposal)


def test_a_visitor_signs_in_first(make: Factory) -> None:
    proposal = make.proposal()
    with pytest.raises(NotAllowed, match="Sign in"):
        support(make, VISITOR, proposal)


def test_an_admitted_proposal_gains_supports_a_closed_one_does_not(make: Factory) -> None:
    author, facilitator = make.citizen(), make.holder(Role.FACILITATOR)
    admitted, refused = make.proposal(author=author), make.proposal(author=author)
    with make.database.transaction(facilitator) as tx:
        admit_proposal(tx, proposal_id=admitted.id)
        refuse_proposal(tx, proposal_id=refused.id, reason="Fuori tema")
    support(make, make.citizen(), admitted)
    with make.database.transaction(author) as tx:
        withdraw_proposal(tx, proposal_id=admitted.id)
    for closed in (admitted, refused):
        with pytest.raises(Conflict, match="not under discussion"):
            support(make, make.citizen(), closed)


def test_a_support_is_taken_back_once(make: Factory) -> None:
    proposal, citizen = make.proposal(), make.citizen()
    support(make, citizen, proposal)
    for _ in range(2):
        with make.database.transaction(citizen) as tx:
            withdraw_support(tx, proposal_id=proposal.id)
    assert [type(event).__name__ for event in events(make, proposal)] == [
        "ProposalSupported",
        "SupportWithdrawn",
    ]
