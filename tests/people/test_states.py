"""The states in which a command may be given, tried with the commands themselves."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from consultazione.comments.commands import write_comment
from consultazione.comments.models import Position
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.editing import write_note
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.plan.approval import commands as approval
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.models import Plan, PlanState
from consultazione.plan.standing import locked_plan
from consultazione.proposals.commands.lifecycle import (
    admit_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.zones.phases.rules import admits
from tests.support.factories import Factory
from tests.support.plan_desk import Desk

Command = Callable[..., Any]
OF_A_PROPOSAL: dict[Permission, tuple[Command, dict[str, Any]]] = {
    Permission.SUPPORT_PROPOSAL: (support_proposal, {}),
    Permission.WRITE_COMMENT: (
        write_comment, {"position": Position.IN_FAVOUR, "body": "Sì."}
    ),
    Permission.ADMIT_PROPOSAL: (admit_proposal, {}),
    Permission.REFUSE_PROPOSAL: (refuse_proposal, {"reason": "Fuori tema."}),
    Permission.WITHDRAW_PROPOSAL: (withdraw_proposal, {}),
}  # fmt: skip
OF_THE_PLAN: dict[Permission, Callable[[Desk], tuple[Command, dict[str, Any]]]] = {
    Permission.WRITE_PARAGRAPH: lambda desk: (
        write_paragraph, {"chapter_id": desk.chapter_ids[0], "body": "Un testo."}
    ),
    Permission.PUBLISH_PLAN_DRAFT: lambda desk: (approval.publish_plan_draft, of(desk)),
    Permission.DECLARE_PLAN_READY: lambda desk: (approval.declare_plan_ready, of(desk)),
    Permission.REOPEN_PLAN: lambda desk: (
        approval.reopen_plan, {**of(desk), "reason": "Manca una parte."}
    ),
    Permission.APPROVE_PLAN: lambda desk: (
        approval.approve_plan, {**of(desk), "act_id": desk.act()}
    ),
}  # fmt: skip


def of(desk: Desk) -> dict[str, Any]:
    return {"cycle_id": desk.make.cycle.id}


def is_done(make: Factory, who: Actor, command: Command, **values: Any) -> bool:
    try:
        with make.database.transaction(who) as tx:
            command(tx, **values)
    except Conflict:
        return False
    return True


@pytest.mark.parametrize(("permission", "state"), list(product(OF_A_PROPOSAL, ProposalState)))
def test_a_proposal_in_each_of_its_states(
    make: Factory, permission: Permission, state: ProposalState
) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author)
    with make.database.transaction(author) as tx:
        row = tx.session.get_one(Proposal, proposal.id)
        row.state_reason = "Fuori tema." if state is ProposalState.NOT_ADMITTED else None
        row.state = state
    command, values = OF_A_PROPOSAL[permission]
    who = author if command is withdraw_proposal else make.holder(Role.FACILITATOR)
    done = is_done(make, who, command, proposal_id=proposal.id, **values)
    assert done is admits(permission, state)


@pytest.mark.parametrize(("permission", "state"), list(product(OF_THE_PLAN, PlanState)))
def test_the_plan_in_each_of_its_states(
    make: Factory, permission: Permission, state: PlanState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is missing in it; what is has its own tests."""
    monkeypatch.setattr(approval, "gaps", lambda _session, _cycle_id: [])
    desk = Desk.begin(make)
    command, values = OF_THE_PLAN[permission](desk)
    with make.database.transaction(desk.office) as tx:
        locked_plan(tx, make.cycle.id)
        plan = tx.session.get_one(Plan, make.cycle.id)
        plan.state = state
        plan.act_id = desk.act() if state is PlanState.APPROVED else None
    assert is_done(make, desk.office, command, **values) is admits(permission, state)


@pytest.mark.parametrize("state", MinutesState)
def test_minutes_in_each_of_their_states(make: Factory, state: MinutesState) -> None:
    minutes = make.minutes()
    who = make.holder(Role.FACILITATOR, minutes.facts["table"]["id"])
    if state is not MinutesState.DRAFT:
        minutes = make.published(minutes)
    with make.database.transaction(who) as tx:
        tx.session.get_one(Minutes, minutes.id).state = state
    note = {"point_id": minutes.facts["agenda"][0]["id"], "body": "Si parla.", "version": 0}
    wrote = is_done(make, who, write_note, minutes_id=minutes.id, **note)
    assert wrote is admits(Permission.WRITE_NOTE, state)
    version = minutes.version + wrote
    approved = is_done(make, who, approve_minutes, minutes_id=minutes.id, version=version)
    assert approved is admits(Permission.APPROVE_MINUTES, state)
