"""Forwarding, answering and writing: rules, refusals, recorded events."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import Event, FreeText
from consultazione.core.log import Entry, read_latest
from consultazione.outcomes.events import OutcomeClosed
from consultazione.people.models import Category
from consultazione.plan.commands.answering import (
    redirect_contribution,
    refuse_contribution,
    take_in,
    take_in_part,
)
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.events import (
    ContributionForwarded,
    ContributionRedirected,
    ContributionRefused,
    ContributionTakenIn,
    ContributionTakenInPart,
    ParagraphWritten,
    plan_stream,
)
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.queries import contributions_after, get_contribution, paragraphs
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from workers.plan import forward

TEXT, WHY = "Nasce uno sportello.", "Risponde a un bisogno del territorio."
TAKEN: list[tuple[Callable[..., Any], type[Event], ContributionState]] = [
    (take_in, ContributionTakenIn, ContributionState.TAKEN_IN),
    (take_in_part, ContributionTakenInPart, ContributionState.TAKEN_IN_PART),
]
LEFT: list[tuple[Callable[..., Any], type[Event], ContributionState]] = [
    (refuse_contribution, ContributionRefused, ContributionState.REFUSED),
    (redirect_contribution, ContributionRedirected, ContributionState.NOT_OURS),
]
ANSWERS: list[Callable[..., Any]] = [
    *(partial(command, body=TEXT) for command, _event, _state in TAKEN),
    *(command for command, _event, _state in LEFT),
]


@pytest.fixture
def office(make: Factory) -> Actor:
    """A person of the plan office."""
    return make.holder(Role.PLAN_OFFICE)


def run(make: Factory, actor: Actor, command: Callable[..., Any], **values: Any) -> list[Event]:
    """Run a command; returns the events it recorded."""
    with make.database.transaction(actor) as tx:
        command(tx, **values)
    return [entry.event for entry in tx.entries]


def again(make: Factory, contribution: Contribution) -> Contribution:
    with make.session() as session:
        return get_contribution(session, contribution.id)


def written(make: Factory) -> list[tuple[int, str]]:
    """Rank and text of the first chapter's paragraphs."""
    with make.session() as session:
        first = chapters(session, make.cycle.id)[0]
        return [(p.rank, p.body) for p in paragraphs(session, [first.id])]


def closing(make: Factory) -> Entry:
    """The entry that closed the last outcome."""
    with make.session() as session:
        entries = read_latest(session, limit=20)
    return next(entry for entry in entries if isinstance(entry.event, OutcomeClosed))


def test_each_item_of_a_closed_outcome_becomes_a_contribution(make: Factory) -> None:
    outcome = make.outcome("Open a desk.", "Train the carers.")
    with make.database.transaction(SYSTEM) as tx:
        found = forward_outcome(tx, outcome_id=outcome.id)
    assert [c.item_id for c in found] == [item.id for item in outcome.items]
    assert {c.state for c in found} == {ContributionState.PENDING}
    assert [entry.event for entry in tx.entries] == [
        ContributionForwarded(contribution_id=c.id, item_id=c.item_id, chapter_id=c.chapter_id)
        for c in found
    ]
    assert {entry.stream for entry in tx.entries} == {plan_stream(make.cycle.id)}


def test_the_job_is_harmless_when_run_twice(make: Factory, office: Actor) -> None:
    make.outcome("Open a desk.", "Train the carers.")
    entry = closing(make)
    with make.database.transaction(SYSTEM) as tx:
        forward(tx, entry)
    assert len(tx.entries) == 2
    with make.session() as session:
        first, second = contributions_after(session, make.cycle.id, after=0, limit=9)
    run(make, office, refuse_contribution, contribution_id=first.id, reason=WHY)
    with make.database.transaction(SYSTEM) as tx:
        forward(tx, entry)
    assert tx.entries == []
    with make.session() as session:
        found = contributions_after(session, make.cycle.id, after=0, limit=9)
    assert [(c.id, c.state) for c in found] == [
        (first.id, ContributionState.REFUSED),
        (second.id, ContributionState.PENDING),
    ]


def test_an_outcome_that_is_still_signed_is_not_forwarded(make: Factory) -> None:
    make.organisation(Category.UNION)
    outcome = make.outcome("Open a desk.")
    with pytest.raises(Conflict):
        run(make, SYSTEM, forward_outcome, outcome_id=outcome.id)
    with pytest.raises(NotFound):
        run(make, SYSTEM, forward_outcome, outcome_id=0)


@pytest.mark.parametrize(("command", "event", "state"), TAKEN)
def test_what_is_taken_in_becomes_the_last_paragraph(
    make: Factory,
    office: Actor,
    command: Callable[..., Any],
    event: Callable[..., Event],
    state: ContributionState,
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    run(make, office, write_paragraph, chapter_id=contribution.chapter_id, body="Premessa.")
    values = {"contribution_id": contribution.id, "body": TEXT, "reason": WHY}
    with make.database.transaction(office) as tx:
        paragraph = command(tx, **values)
    assert [entry.event for entry in tx.entries] == [
        event(
            contribution_id=contribution.id,
            paragraph_id=paragraph.id,
            body=FreeText(TEXT),
            reason=FreeText(WHY),
        )
    ]
    assert written(make) == [(1, "Premessa."), (2, TEXT)]
    found = again(make, contribution)
    assert (found.state, found.reason) == (state, WHY)
    assert found.answered_at is not None


@pytest.mark.parametrize(("command", "event", "state"), LEFT)
def test_what_is_left_out_has_a_reason_and_no_paragraph(
    make: Factory,
    office: Actor,
    command: Callable[..., Any],
    event: Callable[..., Event],
    state: ContributionState,
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    happened = run(make, office, command, contribution_id=contribution.id, reason=WHY)
    assert happened == [event(contribution_id=contribution.id, reason=FreeText(WHY))]
    assert written(make) == []
    found = again(make, contribution)
    assert (found.state, found.reason) == (state, WHY)


@pytest.mark.parametrize("first", ANSWERS)
@pytest.mark.parametrize("second", ANSWERS)
def test_an_answer_stands(
    make: Factory, office: Actor, first: Callable[..., Any], second: Callable[..., Any]
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    run(make, office, first, contribution_id=contribution.id, reason=WHY)
    before = again(make, contribution).state, written(make)
    with pytest.raises(Conflict):
        run(make, office, second, contribution_id=contribution.id, reason="Another reason.")
    assert (again(make, contribution).state, written(make)) == before


@pytest.mark.parametrize("command", ANSWERS)
def test_every_answer_needs_a_reason(
    make: Factory, office: Actor, command: Callable[..., Any]
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    with pytest.raises(Invalid) as refusal:
        run(make, office, command, contribution_id=contribution.id, reason="  ")
    assert list(refusal.value.fields) == ["reason"]
    assert again(make, contribution).state is ContributionState.PENDING


@pytest.mark.parametrize("command", [take_in, take_in_part])
def test_what_is_taken_in_needs_a_text(
    make: Factory, office: Actor, command: Callable[..., Any]
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    with pytest.raises(Invalid) as refusal:
        run(make, office, command, contribution_id=contribution.id, body=" ", reason=WHY)
    assert list(refusal.value.fields) == ["body"]
    assert again(make, contribution).state is ContributionState.PENDING


@pytest.mark.parametrize("command", ANSWERS)
def test_only_the_plan_office_answers(make: Factory, command: Callable[..., Any]) -> None:
    (contribution,) = make.contributions("Open a desk.")
    for role in (Role.FACILITATOR, Role.ADMINISTRATOR):
        holder = make.holder(role)
        with pytest.raises(NotAllowed):
            run(make, holder, command, contribution_id=contribution.id, reason=WHY)
    with pytest.raises(NotFound):
        run(make, make.citizen(), command, contribution_id=0, reason=WHY)


def test_a_paragraph_of_the_offices_own_has_no_contribution(make: Factory, office: Actor) -> None:
    with make.session() as session:
        chapter = chapters(session, make.cycle.id)[2]
    with make.database.transaction(office) as tx:
        paragraph = write_paragraph(tx, chapter_id=chapter.id, body=TEXT)
    assert (paragraph.rank, paragraph.contribution_id) == (1, None)
    assert [entry.event for entry in tx.entries] == [
        ParagraphWritten(paragraph_id=paragraph.id, chapter_id=chapter.id, body=FreeText(TEXT))
    ]
    with pytest.raises(NotFound):
        run(make, office, write_paragraph, chapter_id=0, body=TEXT)
    with pytest.raises(NotAllowed):
        run(make, make.citizen(), write_paragraph, chapter_id=chapter.id, body=TEXT)
