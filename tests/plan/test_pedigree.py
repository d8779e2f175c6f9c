"""The pedigree of a paragraph, and the way forward of a proposal."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.people.queries import actor_of
from consultazione.plan.commands.answering import refuse_contribution, take_in
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.models import Contribution
from consultazione.plan.pedigree import (
    Step,
    StepKind,
    pedigree,
    pedigree_of_contribution,
    pedigrees,
    way_forward,
)
from consultazione.proposals.commands.lifecycle import withdraw_proposal
from tests.support.factories import Factory
from tests.support.proposal_story import BODY, Story


@pytest.fixture
def story(make: Factory) -> Story:
    """A proposal on the agenda of an open sitting."""
    return Story.begin(make)


def take(story: Story, contribution: Contribution) -> int:
    office = story.make.holder(Role.PLAN_OFFICE)
    values = {"contribution_id": contribution.id, "body": "A desk opens.", "reason": "Needed."}
    with story.make.database.transaction(office) as tx:
        return take_in(tx, **values).id  # type: ignore[arg-type]


def back(make: Factory, paragraph_id: int) -> list[Step]:
    with make.session() as session:
        return pedigree(session, paragraph_id)


def forth(story: Story) -> list[Step]:
    with story.make.session() as session:
        return way_forward(session, story.proposal.id)


def kinds(steps: list[Step]) -> list[str]:
    return [step.kind.value for step in steps]


def page(steps: list[Step], kind: StepKind) -> tuple[str | None, dict[str, Any]]:
    """The only page that a step leads to."""
    (step,) = [step for step in steps if step.kind is kind]
    return step.endpoint, step.values


def test_a_paragraph_leads_back_to_the_category_of_the_author(story: Story) -> None:
    number = story.discuss()
    outcome, (contribution,) = story.forward(story.conclude())
    steps = back(story.make, take(story, contribution))
    assert kinds(steps) == [
        "outcome_item", "sign_off", "minutes", "vote", "moment", "proposal", "author",
    ]  # fmt: skip
    assert page(steps, StepKind.OUTCOME_ITEM) == (
        "outcomes.show",
        {"outcome_id": outcome.id, "_anchor": "voce-1"},
    )
    assert page(steps, StepKind.MINUTES) == (
        "minutes.show",
        {"minutes_id": outcome.minutes_id, "_anchor": f"p{story.point_id}"},
    )
    assert page(steps, StepKind.MOMENT) == (
        "sittings.chronicle",
        {"sitting_id": story.sitting.id, "voce": number, "_anchor": f"voce-{number}"},
    )
    assert page(steps, StepKind.PROPOSAL) == (
        "proposals.show",
        {"proposal_id": story.proposal.id},
    )
    assert steps[0].title == BODY
    assert str(steps[6].title) == "Social promotion associations"
    assert steps[6].detail.startswith("Organisation")


def test_a_pedigree_tells_that_the_proposal_was_withdrawn_since(
    client: FlaskClient, story: Story
) -> None:
    story.discuss()
    _outcome, (contribution,) = story.forward(story.conclude())
    paragraph_id = take(story, contribution)
    told, address = "Its author has withdrawn it since", f"/piano/paragrafi/{paragraph_id}"
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert told not in client.get(address).text
    with story.make.session() as session:
        author = actor_of(session, story.proposal.author_id)
    with story.make.database.transaction(author) as tx:
        withdraw_proposal(tx, proposal_id=story.proposal.id)
    assert told in client.get(address).text


def test_a_refused_contribution_has_its_pedigree_too(story: Story) -> None:
    story.discuss()
    _outcome, (contribution,) = story.forward(story.conclude())
    with story.make.session() as session:
        steps = pedigree_of_contribution(session, contribution.id)
    assert kinds(steps) == [
        "outcome_item", "sign_off", "minutes", "vote", "moment", "proposal", "author",
    ]  # fmt: skip


def test_a_point_that_was_never_reached_gives_no_moment(story: Story) -> None:
    _outcome, (contribution,) = story.forward(story.conclude())
    steps = back(story.make, take(story, contribution))
    assert kinds(steps) == [
        "outcome_item", "sign_off", "minutes", "vote", "proposal", "author",
    ]  # fmt: skip


def test_a_conclusion_without_a_proposal_ends_at_the_sitting(make: Factory) -> None:
    (contribution,) = make.contributions("Open a desk.")
    with make.session() as session:
        steps = pedigree_of_contribution(session, contribution.id)
    assert StepKind.PROPOSAL not in {step.kind for step in steps}
    assert steps[0].kind is StepKind.OUTCOME_ITEM


def test_the_offices_own_paragraph_has_no_pedigree(make: Factory) -> None:
    (contribution,) = make.contributions("Open a desk.")
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        own = write_paragraph(tx, chapter_id=contribution.chapter_id, body="Premessa.")
    assert back(make, own.id) == []
    assert back(make, 0) == []


def test_each_paragraph_of_a_chapter_has_its_own_pedigree(make: Factory) -> None:
    first, second = make.contributions("Open a desk.", "Train the carers.")
    office = make.holder(Role.PLAN_OFFICE)
    ids = []
    for contribution in (second, first):
        values: dict[str, Any] = {"contribution_id": contribution.id, "reason": "Needed."}
        with make.database.transaction(office) as tx:
            ids.append(take_in(tx, body="Text.", **values).id)
    with make.session() as session:
        found = pedigrees(session, ids)
    titles = [found[paragraph_id][0].title for paragraph_id in ids]
    assert titles == ["Train the carers.", "Open a desk."]


def test_the_way_forward_grows_step_by_step(story: Story) -> None:
    assert forth(story) == []
    story.discuss()
    assert kinds(forth(story)) == ["moment"]
    minutes = story.conclude()
    assert kinds(forth(story)) == ["moment", "minutes"]
    outcome, (contribution,) = story.forward(minutes)
    so_far = ["moment", "vote", "minutes", "outcome_item", "sign_off", "answer"]
    assert kinds(forth(story)) == so_far
    assert str(forth(story)[-1].title) == "Waiting for an answer"
    paragraph_id = take(story, contribution)
    steps = forth(story)
    assert kinds(steps) == [*so_far, "paragraph"]
    answered = ("plan.contribution", {"contribution_id": contribution.id})
    assert page(steps, StepKind.ANSWER) == answered
    assert page(steps, StepKind.PARAGRAPH) == ("plan.paragraph", {"paragraph_id": paragraph_id})
    assert (steps[5].detail, outcome.id) == ("Needed.", steps[3].values["outcome_id"])


def test_the_way_of_what_is_refused_ends_with_the_reason(story: Story) -> None:
    _outcome, (contribution,) = story.forward(story.conclude())
    values = {"contribution_id": contribution.id, "reason": "The district pays for it already."}
    with story.make.database.transaction(story.make.holder(Role.PLAN_OFFICE)) as tx:
        refuse_contribution(tx, **values)  # type: ignore[arg-type]
    last = forth(story)[-1]
    assert (str(last.title), last.detail) == (
        "Not taken in",
        "The district pays for it already.",
    )


def test_a_draft_of_the_minutes_is_no_step_yet(story: Story) -> None:
    story.draft()
    assert forth(story) == []


def test_two_proposals_at_one_point_go_separate_ways(story: Story) -> None:
    other = story.make.proposal(story.table, title="Something else")
    minutes = story.draft()
    story.add(minutes, other, "Train the carers.")
    _outcome, contributions = story.forward(story.publish(minutes))
    with story.make.session() as session:
        forth_of = [way_forward(session, proposal.id) for proposal in (story.proposal, other)]
        back_to = [pedigree_of_contribution(session, c.id)[-2].values for c in contributions]
    led_to = [[s.title for s in steps if s.kind is StepKind.OUTCOME_ITEM] for steps in forth_of]
    assert back_to == [{"proposal_id": story.proposal.id}, {"proposal_id": other.id}]
    assert led_to == [[BODY], ["Train the carers."]]


def test_the_author_of_a_citizens_proposal_is_a_citizen(make: Factory) -> None:
    story = Story.begin(make, author=make.citizen())
    _outcome, (contribution,) = story.forward(story.conclude())
    with make.session() as session:
        author = pedigree_of_contribution(session, contribution.id)[-1]
    assert (str(author.title), author.detail) == ("Citizens", "")
