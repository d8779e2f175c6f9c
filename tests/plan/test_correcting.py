"""Answers of the plan office, corrected while the plan is not approved."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Actor, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.log import read_stream
from consultazione.plan.approval.commands import (
    approve_plan,
    declare_plan_ready,
    publish_plan_draft,
)
from consultazione.plan.blocks.commands.removing import remove_block
from consultazione.plan.commands.answering import refuse_contribution, take_in
from consultazione.plan.commands.correcting import correct_answer
from consultazione.plan.events import plan_stream
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.queries import blocks_of, get_contribution
from tests.support.factories import Factory
from tests.support.plan_desk import Desk

WHY = "We had read it wrongly."
REASON = "It is for the region."


@pytest.fixture
def office(make: Factory) -> Actor:
    """A person of the plan office."""
    return make.holder(Role.PLAN_OFFICE)


@pytest.fixture
def refused(make: Factory, office: Actor) -> Contribution:
    """A contribution that was refused."""
    (contribution,) = make.contributions("Open a desk.")
    run(make, office, refuse_contribution, contribution_id=contribution.id, reason="Too dear.")
    return contribution


def run(make: Factory, who: Actor, command: Any, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **values)


def other(contribution: Contribution, **values: Any) -> dict[str, Any]:
    return {
        "contribution_id": contribution.id,
        "version": 1,
        "why": WHY,
        "answer": ContributionState.NOT_OURS,
        "reason": REASON,
        **values,
    }


def now(make: Factory, contribution: Contribution) -> Contribution:
    with make.session() as session:
        return get_contribution(session, contribution.id)


def test_everybody_reads_the_corrected_answer_and_what_it_said(
    client: FlaskClient, make: Factory, office: Actor, refused: Contribution
) -> None:
    run(make, office, correct_answer, **other(refused))
    page = client.get(f"/piano/contributi/{refused.id}/com-era-prima").text
    for words in (REASON, "Too dear.", WHY, office.display_name):
        assert words in page
    chapter = client.get(f"{make.here}/piano/capitoli/1").text
    assert f"/piano/contributi/{refused.id}/com-era-prima" in chapter
    with make.session() as session:
        entry = read_stream(session, plan_stream(make.cycle.id))[-1]
    assert entry.kind == "contribution.answer_corrected"


def test_what_is_taken_in_only_now_becomes_a_paragraph(
    make: Factory, office: Actor, refused: Contribution
) -> None:
    taken = other(refused, answer=ContributionState.TAKEN_IN)
    with pytest.raises(Invalid) as missing:
        run(make, office, correct_answer, **taken)
    assert list(missing.value.fields) == ["body"]
    run(make, office, correct_answer, **taken, body="A desk opens.")
    with make.session() as session:
        (block,) = blocks_of(session, [refused.chapter_id])
    assert (block.body, block.contribution_id) == ("A desk opens.", refused.id)


def test_a_text_that_stands_in_the_plan_is_not_said_to_be_left_out(
    make: Factory, office: Actor
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    block = run(
        make, office, take_in, contribution_id=contribution.id, body="A desk.", reason="Yes."
    )
    part = other(contribution, answer=ContributionState.TAKEN_IN_PART)
    run(make, office, correct_answer, **part)
    with make.session() as session:
        assert len(blocks_of(session, [contribution.chapter_id])) == 1
    with pytest.raises(Conflict, match="take the paragraph out first"):
        run(make, office, correct_answer, **other(contribution, version=2))
    run(make, office, remove_block, block_id=block.id, version=1, reason=WHY)
    run(make, office, correct_answer, **other(contribution, version=2))
    assert now(make, contribution).state is ContributionState.NOT_OURS


def test_what_cannot_be_corrected_is_refused(
    make: Factory, office: Actor, refused: Contribution, database: Database
) -> None:
    run(make, office, correct_answer, **other(refused))
    with pytest.raises(Conflict, match="meanwhile"):
        run(make, office, correct_answer, **other(refused, reason="Late."))
    with pytest.raises(Invalid, match="Nothing differs"):
        run(make, office, correct_answer, **other(refused, version=2))
    with pytest.raises(Invalid):
        run(make, office, correct_answer, **other(refused, version=2, reason=" "))
    (waiting,) = make.contributions("Open another.")
    with pytest.raises(Conflict, match="no answer yet"):
        run(make, office, correct_answer, **other(waiting))
    with pytest.raises(NotFound):
        run(make, office, correct_answer, **other(refused, contribution_id=0))
    elsewhere = Factory(database, name="Un'altra zona").holder(Role.PLAN_OFFICE)
    for who in (elsewhere, make.holder(Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            run(make, who, correct_answer, **other(refused, version=2, reason="Mine."))


def test_an_approved_plan_keeps_its_answers(
    client: FlaskClient, make: Factory, office: Actor, refused: Contribution
) -> None:
    desk = Desk.begin(make)
    desk.complete()
    cycle = {"cycle_id": make.cycle.id}
    desk.run(publish_plan_draft, **cycle)
    desk.run(declare_plan_ready, **cycle)
    desk.run(approve_plan, **cycle, act_id=desk.act())
    with pytest.raises(Conflict, match="approved"):
        run(make, office, correct_answer, **other(refused))
    make.sign_in(client, office)
    page = client.get(f"{make.here}/piano/capitoli/1").text
    assert f"/piano/ufficio/{refused.id}/correggi" not in page


def test_an_answer_is_corrected_by_the_page(
    client: FlaskClient, make: Factory, office: Actor, refused: Contribution
) -> None:
    address = f"/piano/ufficio/{refused.id}/correggi"
    assert address not in client.get(f"{make.here}/piano/capitoli/1").text
    make.sign_in(client, office)
    assert address in client.get(f"{make.here}/piano/capitoli/1").text
    form = {"version": "1", "answer": "not_ours", "reason": REASON, "body": "", "why": ""}
    kept = client.post(address, data=form)
    assert (kept.status_code, REASON in kept.text) == (422, True)
    assert client.post(address, data=form | {"why": WHY}).status_code == 302
    assert now(make, refused).state is ContributionState.NOT_OURS
