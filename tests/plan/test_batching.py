"""Answers that are prepared and published together, and the day on which they are due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from consultazione.core import clock
from consultazione.core.errors import Conflict, Invalid
from consultazione.plan.commands.answering import refuse_contribution
from consultazione.plan.commands.batching import draft_answer, release_answers, set_answers_due
from consultazione.plan.models import ContributionState
from consultazione.plan.queries import blocks_of, contributions_after
from tests.support.factories import Factory
from tests.support.plan_desk import BODY, Desk

TAKE = {"answer": ContributionState.TAKEN_IN, "reason": "Serve a tutti.", "body": "Uno sportello."}
LEAVE = {"answer": ContributionState.REFUSED, "reason": "La norma lo esclude."}


def states(desk: Desk) -> list[ContributionState]:
    with desk.make.session() as session:
        rows = contributions_after(session, desk.make.cycle.id, after=0, limit=9)
        return [row.state for row in rows]


def test_prepared_answers_are_published_together(make: Factory) -> None:
    desk = Desk.begin(make)
    first, second, third = make.contributions("Open a desk.", "Train the carers.", "Pay the bus.")
    desk.run(draft_answer, contribution_id=first.id, **LEAVE)
    desk.run(draft_answer, contribution_id=first.id, **TAKE)
    desk.run(draft_answer, contribution_id=second.id, **LEAVE)
    assert states(desk) == [ContributionState.PENDING] * 3
    desk.run(refuse_contribution, contribution_id=second.id, reason="Un’altra ragione.")
    answered = desk.run(release_answers, cycle_id=make.cycle.id)
    assert [row.id for row in answered] == [first.id]
    assert states(desk) == [
        ContributionState.TAKEN_IN,
        ContributionState.REFUSED,
        ContributionState.PENDING,
    ]
    with make.session() as session:
        block = blocks_of(session, [desk.chapter_ids[0]])[-1]
        assert (block.body, block.contribution_id) == ("Uno sportello.", first.id)
    with pytest.raises(Conflict, match="No answer is prepared"):
        desk.run(release_answers, cycle_id=make.cycle.id)
    with pytest.raises(Invalid):
        desk.run(draft_answer, contribution_id=third.id, **{**TAKE, "body": " "})


def test_the_office_prepares_and_publishes_on_its_pages(app: Flask, make: Factory) -> None:
    desk = Desk.begin(make)
    (contribution,) = make.contributions("Open a desk.")
    client, visitor = make.sign_in(app.test_client(), desk.office), app.test_client()
    for browser in (client, visitor):
        browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    sent = {"answer": "refused", "reason": LEAVE["reason"], "later": "yes"}
    assert client.post(f"/piano/ufficio/{contribution.id}", data=sent).status_code == 302
    assert "Answers prepared: 1" in client.get(f"{make.here}/piano/ufficio").text
    assert LEAVE["reason"] in client.get(f"/piano/ufficio/{contribution.id}").text
    assert LEAVE["reason"] not in visitor.get(f"{make.here}/piano/capitoli/1").text
    assert (
        f"/piano/contributi/{contribution.id}"
        in visitor.get(f"{make.here}/piano/senza-risposta").text
    )
    assert client.post(f"{make.here}/piano/ufficio/pubblica-risposte").status_code == 302
    assert LEAVE["reason"] in visitor.get(f"{make.here}/piano/capitoli/1").text
    assert "Everything has its answer." in visitor.get(f"{make.here}/piano/senza-risposta").text


def test_everybody_sees_by_when_answers_are_due(app: Flask, make: Factory) -> None:
    desk = Desk.begin(make)
    make.contributions("Open a desk.")
    client = make.sign_in(app.test_client(), desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    late = (clock.today() - timedelta(days=1)).isoformat()
    assert (
        "This day is over"
        in client.post(f"{make.here}/piano/ufficio/scadenza", data={"due_on": late}).text
    )
    soon = (clock.today() + timedelta(days=9)).isoformat()
    assert (
        client.post(f"{make.here}/piano/ufficio/scadenza", data={"due_on": soon}).status_code == 302
    )
    assert (
        "means to have answered contributions by"
        in client.get(f"{make.here}/piano/senza-risposta").text
    )
    desk.run(set_answers_due, cycle_id=make.cycle.id, due_on=None)
    assert "means to have answered" not in client.get(f"{make.here}/piano/senza-risposta").text
    assert BODY in client.get(f"{make.here}/piano").text
