"""The votes and the unions' answers that stand behind a block."""

from __future__ import annotations

from flask import Flask

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Role
from consultazione.outcomes.commands.answering import sign_outcome
from consultazione.outcomes.grounds import grounds_behind
from consultazione.outcomes.models import Answer, Party
from consultazione.people.models import Category
from consultazione.plan.chains import chains_from
from consultazione.plan.commands.answering import take_in
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.events import plan_stream
from consultazione.plan.models import Contribution
from consultazione.plan.pedigree import Step, StepKind, pedigree_of_contribution
from consultazione.plan.voices import backing_behind, voices_behind
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.rules import Effect
from tests.support.factories import Factory
from tests.support.proposal_story import Story
from tests.support.signoff_board import Board
from tests.support.statements import statements


def test_votes_and_unions_behind_a_block_are_shown(app: Flask, make: Factory) -> None:
    story = Story.begin(make)
    story.discuss()
    with make.database.transaction(story.facilitator) as tx:
        asked = {"question": "Piace l’idea?", "effect": Effect.CONSULTATIVE}
        opinion = open_poll(tx, sitting_id=story.sitting.id, **asked)
        close_poll(tx, poll_id=opinion.id)
        poll = open_poll(tx, sitting_id=story.sitting.id, question="Si apre lo sportello?")
        close_poll(tx, poll_id=poll.id)
    outcome, (contribution,) = story.forward(story.conclude())
    union = make.organisation(Category.UNION)
    mandate = make.mandate(make.person(), union)
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        tx.session.add(
            Party(
                outcome_id=outcome.id,
                organisation_id=union.id,
                answer=Answer.DECLINED,
                note="Manca il personale.",
                mandate_id=mandate.id,
                digest=outcome.digest,
                method="reauthenticated",
                answered_at=tx.now,
            )
        )
        block = take_in(tx, contribution_id=contribution.id, body="Uno sportello.", reason="Sì.")
    with make.session() as session:
        (found,) = voices_behind(session, [contribution.id])
        assert [vote.poll.id for vote in found.grounds.votes] == [poll.id]
        assert [party.organisation_id for party, _given in found.answers] == [union.id]
        assert voices_behind(session, []) == []
        assert backing_behind(session, [contribution.id])[0] == {contribution.id: "1 refusal"}
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(f"/piano/paragrafi/{block.id}").text
    (vote,) = found.grounds.votes
    ended = vote.ended
    assert vote.failed
    assert ended.startswith("Not carried: ")
    assert "Votes in favour 0, Votes against 0" in ended
    for said in ("Si apre lo sportello?", ended, union.name, "Manca il personale.", "1 refusal"):
        assert said in page
    with make.session() as session:
        cycle_id = session.get_one(Contribution, contribution.id).chapter.cycle_id
        newest = log.read_stream(session, plan_stream(cycle_id))[-1]
    assert f'<time datetime="{newest.at.isoformat()}">' in page.split("page-foot__updated")[1]
    chapter = client.get(f"/piano/contributi/{contribution.id}", follow_redirects=True).text
    assert "Not carried" in chapter
    office = make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    page = office.get(f"/piano/ufficio/{contribution.id}").text
    for said in (ended, union.name, "Manca il personale.", "1 refusal"):
        assert said in page
    steps = {step.kind: step for step in pedigree_of(make, contribution)}
    assert steps[StepKind.SIGN_OFF].title == "1 refusal"
    assert "Manca il personale." in steps[StepKind.SIGN_OFF].detail
    assert steps[StepKind.VOTE].title == ended


def test_nothing_is_asked_of_the_database_about_nothing(make: Factory) -> None:
    proposal = make.proposal()
    with make.session() as session, statements(session.connection()) as sent:
        assert (grounds_behind(session, []), backing_behind(session, [])) == ({}, ({}, set()))
        assert voices_behind(session, []) == []
        assert sent == []
        assert chains_from(session, proposal.id) == []
        assert len(sent) == 1


def test_what_nobody_voted_on_is_marked(app: Flask, make: Factory) -> None:
    (contribution,) = make.contributions("Open a desk.")
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    office = make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert "Without a vote" in office.get(f"/piano/ufficio/{contribution.id}").text
    steps = {step.kind: step for step in pedigree_of(make, contribution)}
    assert str(steps[StepKind.VOTE].title).startswith("Without a vote")


def test_a_contribution_shows_only_what_was_answered_to_its_conclusion(make: Factory) -> None:
    """The union declines the second conclusion alone; the office sees it there and not above."""
    board = Board.of(make, 1)
    board.answer(sign_outcome, otherwise=[board.declines(2)])
    with make.database.transaction(SYSTEM) as tx:
        ids = [one.id for one in forward_outcome(tx, outcome_id=board.outcome_id)]
    with make.session() as session:
        assert list(backing_behind(session, ids)[0].values()) == ["1 signature", "1 refusal"]
        notes = [
            given.note
            for voice in voices_behind(session, ids)
            for _p, given in voice.answers
            if given
        ]
    assert notes == [None, "Not this one."]


def pedigree_of(make: Factory, contribution: Contribution) -> list[Step]:
    with make.session() as session:
        return pedigree_of_contribution(session, contribution.id)
