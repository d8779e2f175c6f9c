"""How a proposal stands: one answer for its page, for lists, and for its author's profile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.actor import Role
from consultazione.people.queries import actor_of
from consultazione.plan.commands.answering import (
    redirect_contribution,
    refuse_contribution,
    take_in,
    take_in_part,
)
from consultazione.plan.fates import fate_of
from consultazione.plan.labels import STATE_TONES
from consultazione.plan.models import Contribution
from consultazione.proposals.commands.lifecycle import withdraw_proposal
from consultazione.proposals.queries import get_proposal
from tests.support.factories import Factory
from tests.support.proposal_story import Story

_TEXT = {"body": "A desk opens."}


def label(story: Story) -> str:
    with story.make.session() as session:
        return str(fate_of(session, get_proposal(session, story.proposal.id)).label)


def answered(make: Factory, command: Callable[..., object], **values: str) -> Story:
    """A proposal whose contribution the plan office has answered."""
    story = Story.begin(make)
    story.discuss()
    _outcome, (contribution,) = story.forward(story.conclude())
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        command(tx, contribution_id=contribution.id, reason="It is needed here.", **values)
    return story


def withdraw(story: Story) -> None:
    with story.make.session() as session:
        author = actor_of(session, story.proposal.author_id)
    with story.make.database.transaction(author) as tx:
        withdraw_proposal(tx, proposal_id=story.proposal.id)


@pytest.mark.parametrize(
    ("command", "values", "said"),
    [
        (take_in, _TEXT, "Taken into chapter 1"),
        (take_in_part, _TEXT, "Taken in part into chapter 1"),
        (refuse_contribution, {}, "Not taken into the plan"),
        (redirect_contribution, {}, "Up to somebody else, says the plan office"),
    ],
)
def test_the_plans_answer_is_how_it_stands(
    make: Factory, command: Callable[..., object], values: dict[str, str], said: str
) -> None:
    story = answered(make, command, **values)
    assert label(story) == said
    with make.session() as session:
        fate = fate_of(session, get_proposal(session, story.proposal.id))
        (state,) = session.scalars(select(Contribution.state))
    assert fate.tone == STATE_TONES[state]


def test_until_the_plan_answers_it_waits_and_before_it_is_admitted(make: Factory) -> None:
    story = Story.begin(make)
    assert label(story) == "Admitted to discussion"
    story.discuss()
    story.forward(story.conclude())
    assert label(story) == "Waiting for the plan office’s answer"


@pytest.mark.parametrize(
    ("command", "values", "said"),
    [
        (take_in, _TEXT, "Withdrawn by the author; chapter 1 has it"),
        (refuse_contribution, {}, "Withdrawn by the author"),
    ],
)
def test_a_withdrawal_says_what_the_plan_keeps(
    make: Factory, command: Callable[..., object], values: dict[str, str], said: str
) -> None:
    story = answered(make, command, **values)
    withdraw(story)
    assert label(story) == said


def test_all_pages_say_the_same(client: FlaskClient, make: Factory) -> None:
    story = answered(make, refuse_contribution)
    with make.session() as session:
        author = actor_of(session, story.proposal.author_id)
        slug = get_proposal(session, story.proposal.id).table.slug
    make.sign_in(client, author)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    own = f"/proposte/{story.proposal.id}"
    for address in (own, "/proposte", f"/tavoli/{slug}", f"{make.here}/", "/profilo"):
        page = client.get(address, follow_redirects=True).text
        assert "Not taken into the plan" in page, address
        assert "Admitted to discussion</span>" not in page, address
