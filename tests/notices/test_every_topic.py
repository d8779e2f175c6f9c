"""One long story in which every topic is told: to whom it is for, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.core.db import Database
from consultazione.italian import italian
from consultazione.minutes.commands.circulating import circulate_minutes
from consultazione.minutes.commands.corrections import ask_correction
from consultazione.minutes.commands.deciding import refuse_correction
from consultazione.minutes.models import Minutes, Piece
from consultazione.notices import topics
from consultazione.notices.composing import shown_to
from consultazione.notices.models import SubjectKind
from consultazione.notices.queries import newest_notices
from consultazione.outcomes.commands.ending import close_outcome
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.people.commands.mandates import end_mandate, give_mandate
from consultazione.people.models import Category
from consultazione.plan.commands.answering import take_in
from consultazione.plan.commands.correcting import correct_answer
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.models import ContributionState
from consultazione.proposals.answers.commands.assigning import assign_evaluator
from consultazione.proposals.answers.commands.publishing import publish_proposal_answers
from consultazione.proposals.answers.models import ReadAnswer
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.referrals.commands import refer_proposal
from consultazione.setup.commands.settings import change_zone
from consultazione.sittings.lifecycle.commands.revising import postpone_sitting
from tests.support.factories import Factory
from tests.support.proposal_story import Story
from tests.support.proposal_things import prepared_answer, receiving_body
from tests.support.told import Told

# What may be told to whose it is, and to nobody else.
PRIVATE = {
    "evaluation_asked",
    "corrections_open",
    "correction_settled",
    "signature_awaited",
    "mandate_proposed",
    "mandate_changed",
    "role_changed",
}


class Play:
    """The story, and its people: who follows the table, the author, who was there, a delegate."""

    def __init__(self, make: Factory) -> None:
        self.make, self.told = make, Told(make.database)
        self.author, self.follower, self.commenter = (make.citizen() for _ in range(3))
        self.union = make.organisation(Category.UNION)
        self.delegate_person = make.person()
        make.mandate(self.delegate_person, self.union)
        self.delegate = make.actor(self.delegate_person)
        self.admin = make.holder(Role.ADMINISTRATOR)
        self.office = make.holder(Role.PLAN_OFFICE)
        self.run(self.admin, change_zone, zone_id=make.zone.id, correction_days=3)

    def run(self, who: Actor, command: object, **fields: object) -> object:
        return self.told.run(who, command, **fields)  # type: ignore[arg-type]

    def play(self) -> None:
        """From the proposal to the corrected answer of the plan office."""
        make = self.make
        table = make.table(name="Tavolo Welfare")
        self.told.follow(self.follower, SubjectKind.TABLE, table.id)
        proposal = make.proposal(table, self.author, title="Uno sportello")
        make.comment(proposal, self.commenter)
        self.told.tell()
        text = {"title": "Uno sportello", "body": "In ogni Comune.", "reason": "Più chiaro."}
        self.run(self.author, edit_proposal, proposal_id=proposal.id, version=1, **text)
        story = Story.of(make, proposal)
        self.there = make.present(story.sitting)
        story.discuss()
        self.tell_of_another_sitting(story)
        minutes = story.draft()
        self.correct(story, minutes)
        self.end(story, story.publish(minutes))
        self.mandates()
        self.answers()
        self.told.tell()

    def tell_of_another_sitting(self, story: Story) -> None:
        """A further sitting of the table, which is postponed."""
        later = self.make.sitting(story.table)
        said = {"place": "Biblioteca", "reason": "Sala occupata."}
        starts_at = later.starts_at + timedelta(days=1)
        given = {**said, "starts_at": starts_at, "revision": 0}
        self.run(story.facilitator, postpone_sitting, sitting_id=later.id, **given)

    def correct(self, story: Story, minutes: Minutes) -> None:
        """Who was there asks for a correction of the conclusion, which is refused."""
        with self.make.session() as session:
            read = session.get_one(Minutes, minutes.id)
            version, conclusion = read.version, read.conclusions[0]
        at = {"minutes_id": minutes.id}
        self.run(story.facilitator, circulate_minutes, version=version, **at)
        self.told.tell()
        words = {"old_words": "every town", "new_words": "each town", "reason": "Così fu detto."}
        piece = {"piece": Piece.CONCLUSION, "subject_id": conclusion.id}
        asked = self.run(self.there, ask_correction, **at, **piece, **words)
        number = asked.id  # type: ignore[attr-defined]
        self.run(story.facilitator, refuse_correction, correction_id=number, reason="Non è così.")
        self.told.tell()
        with self.make.database.transaction(SYSTEM) as tx:  # as if the days were over
            yesterday = tx.today - timedelta(days=1)
            tx.session.get_one(Minutes, minutes.id).corrections_until = yesterday

    def end(self, story: Story, minutes: Minutes) -> None:
        """The outcome is opened, closed, taken into the plan, and the answer is corrected."""
        with self.make.database.transaction(SYSTEM) as tx:
            outcome = open_outcome(tx, minutes_id=minutes.id)
        assert outcome is not None
        self.told.tell()
        self.run(
            story.facilitator, close_outcome, outcome_id=outcome.id, reason="I tempi del piano."
        )
        found = self.run(SYSTEM, forward_outcome, outcome_id=outcome.id)
        number = found[0].id  # type: ignore[index]
        self.run(self.office, take_in, contribution_id=number, body="Si apre.", reason="Serve.")
        corrected = {"version": 1, "answer": ContributionState.TAKEN_IN, "reason": "Serve a tutti."}
        self.run(self.office, correct_answer, contribution_id=number, **corrected, why="Refuso.")

    def answers(self) -> None:
        """At another table a proposal is evaluated and answered, and one goes to another body."""
        table = self.make.table()
        chair = self.make.holder(Role.FACILITATOR, table.id)
        answered, away = (self.make.proposal(table, self.author) for _ in range(2))
        for proposal in (answered, away):
            self.make.comment(proposal, self.commenter)
        self.told.tell()
        prepared_answer(self.make, answered)
        asked = {"proposal_id": answered.id, "evaluator_id": self.office.person_id}
        self.run(chair, assign_evaluator, **asked)
        self.told.tell()
        ready = [ReadAnswer(answered.id, 1)]
        self.run(chair, publish_proposal_answers, table_id=table.id, answers=ready)
        body = {"receiving_body_id": receiving_body(self.make).id, "reason": "Tocca alla Regione."}
        self.run(chair, refer_proposal, proposal_id=away.id, **body)

    def mandates(self) -> None:
        """A union's mandate is entered by a person, and another one ends."""
        new = self.make.person()
        given = {"email": new.email, "act": "atto 2", "starts_on": self.today(), "ends_on": None}
        self.run(self.admin, give_mandate, organisation_id=self.union.id, **given)
        self.proposed = self.make.actor(new)
        person = self.make.person()
        mandate = self.make.mandate(person, self.make.organisation())
        self.run(self.admin, end_mandate, mandate_id=mandate.id, ends_on=self.today())
        self.ended = self.make.actor(person)

    def today(self) -> object:
        return self.told.run(VISITOR, lambda tx: tx.today)

    def people(self) -> Iterable[Actor]:
        found = [self.author, self.follower, self.commenter, self.there]
        return [*found, self.delegate, self.proposed, self.ended]


@pytest.fixture
def play(make: Factory) -> Play:
    """The story, played."""
    play = Play(make)
    play.play()
    return play


def test_every_topic_is_told_to_whom_it_is_for(play: Play, database: Database) -> None:
    told = {who.person_id: set(play.told.topics_of(who)) for who in play.people()}
    everywhere = set().union(*told.values(), play.told.topics_of(play.office))
    assert everywhere >= set(topics.BY_NAME) - {"signature_awaited", "corrections_open"}
    assert told[play.author.person_id] >= {
        "comment_added",
        "proposal_settled",
        "contribution_settled",
        "answer_changed",
        "outcome_ended",
    }
    assert told[play.follower.person_id] == {
        "proposal_added",
        "sitting_called",
        "sitting_changed",
        "sitting_goes_on",
        "minutes_public",
        "outcome_sent",
        "outcome_ended",
    }
    assert {"proposal_answered", "proposal_referred"} <= told[play.commenter.person_id]
    assert "proposal_answered" not in told[play.author.person_id]
    assert {"answers_published", "proposal_referred"} <= told[play.author.person_id]
    assert "correction_settled" in told[play.there.person_id]
    written = {who.person_id: _written(play, who) for who in play.people()}
    assert "corrections_open" in written[play.there.person_id]
    assert "signature_awaited" in written[play.delegate.person_id]
    for who, name in ((play.follower, "corrections_open"), (play.author, "signature_awaited")):
        assert name not in written[who.person_id]


def test_nobody_reads_what_others_were_told_of_themselves(play: Play) -> None:
    """A notice in the wrong hands says nothing: it is composed for who reads it."""
    for who in play.people():
        for reader in (VISITOR, play.follower):
            if reader.person_id == who.person_id:
                continue
            with italian(), play.make.session() as session:
                rows = newest_notices(session, who.person_id or 0, limit=100)
                shown = shown_to(session, reader, [r for r in rows if r.topic in PRIVATE])
            assert [one.told for one in shown] == [None] * len(shown)


def test_what_everybody_reads_is_told_alike_to_a_visitor(play: Play) -> None:
    with italian(), play.make.session() as session:
        rows = newest_notices(session, play.follower.person_id or 0, limit=100)
        shown = shown_to(session, VISITOR, rows)
    assert shown
    assert all(one.told is not None for one in shown)


def _written(play: Play, who: Actor) -> set[str]:
    """What was told to somebody once, whether or not it still holds."""
    with play.make.session() as session:
        return {row.topic for row in newest_notices(session, who.person_id or 0, limit=100)}
