"""The votes and the unions' answers that stand behind a block."""

from __future__ import annotations

from flask import Flask

from consultazione.core.actor import Role
from consultazione.outcomes.models import Answer, Party
from consultazione.people.models import Category
from consultazione.plan.commands.answering import take_in
from consultazione.plan.voices import voices_behind
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from tests.support.factories import Factory
from tests.support.proposal_story import Story


def test_votes_and_unions_behind_a_block_are_shown(app: Flask, make: Factory) -> None:
    story = Story.begin(make)
    story.discuss()
    with make.database.transaction(story.facilitator) as tx:
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
        found = voices_behind(session, [contribution.id])
        assert [vote.poll.id for vote in found.votes] == [poll.id]
        assert [party.organisation_id for party in found.parties] == [union.id]
        assert voices_behind(session, []).parties == []
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(f"/piano/paragrafi/{block.id}").text
    for said in ("Si apre lo sportello?", found.votes[0].ended, union.name, "Manca il personale."):
        assert said in page
