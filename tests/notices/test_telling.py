"""Who is told of what: followers are, others are not, and nobody of what they may not read."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from consultazione.comments.commands.moderating import hide_comment
from consultazione.comments.commands.writing import withdraw_comment
from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.db import Database
from consultazione.italian import italian
from consultazione.notices.commands.following import unfollow
from consultazione.notices.models import Channel, Group, SubjectKind
from consultazione.notices.queries import newest_notices
from consultazione.people.commands.blocking import block_person
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.models import Proposal
from tests.support.factories import Factory
from tests.support.told import Told


@pytest.fixture
def told(database: Database) -> Told:
    """What people were told."""
    return Told(database)


@pytest.fixture
def author(make: Factory) -> Actor:
    """Who wrote the proposal."""
    return make.citizen()


@pytest.fixture
def proposal(make: Factory, author: Actor) -> Proposal:
    """A proposal of somebody's."""
    return make.proposal(author=author, title="Un orto in ogni quartiere")


def test_the_author_hears_of_a_comment_and_its_writer_does_not(
    make: Factory, told: Told, author: Actor, proposal: Proposal
) -> None:
    writer = make.citizen()
    comment = make.comment(proposal, writer, body="Nel parco c'è già l'acqua.")
    shown = told.of(author)
    assert [one.notice.topic for one in shown] == ["comment_added"]
    says = shown[0].told
    assert says is not None
    assert (says.title, says.path) == (proposal.title, f"/osservazioni/{comment.id}")
    assert writer.display_name in str(says.sentence)
    assert says.quote == "Nel parco c'è già l'acqua."
    assert told.of(writer) == []


def test_a_job_that_is_run_twice_tells_once(
    make: Factory, told: Told, author: Actor, proposal: Proposal
) -> None:
    make.comment(proposal)
    told.tell()
    told.tell(again=True)
    assert len(told.of(author)) == 1


def test_who_comments_follows_unless_they_have_stopped(
    make: Factory, told: Told, proposal: Proposal
) -> None:
    stays, leaves = make.citizen(), make.citizen()
    for who in (stays, leaves):
        make.comment(proposal, who)
    told.tell()
    told.run(leaves, unfollow, kind=SubjectKind.PROPOSAL, subject_id=proposal.id)
    make.comment(proposal, leaves)
    make.comment(proposal)
    assert told.topics_of(stays) == ["comment_added"] * 3
    assert told.topics_of(leaves) == []


def test_who_stopped_before_the_worker_came_does_not_follow(
    make: Factory, told: Told, author: Actor, proposal: Proposal
) -> None:
    told.run(author, unfollow, kind=SubjectKind.PROPOSAL, subject_id=proposal.id)
    make.comment(proposal)
    assert told.of(author) == []


@pytest.mark.parametrize("way", ["hidden", "withdrawn", "blocked"])
def test_what_is_not_shown_any_more_is_told_to_nobody(
    make: Factory, told: Told, author: Actor, proposal: Proposal, way: str
) -> None:
    """Neither if it is so when it is told, nor afterwards."""
    writer = make.citizen()
    before = make.comment(proposal, writer, body="Parole di prima")
    assert told.topics_of(author) == ["comment_added"]
    after = make.comment(proposal, writer, body="Parole di dopo")
    facilitator = make.holder(Role.FACILITATOR, proposal.table_id)
    for comment in (before, after):
        if way == "hidden":
            told.run(facilitator, hide_comment, comment_id=comment.id, reason="Offende.")
        if way == "withdrawn":
            told.run(writer, withdraw_comment, comment_id=comment.id, reason="Un errore.")
    if way == "blocked":
        admin = make.holder(Role.ADMINISTRATOR)
        told.run(
            admin,
            block_person,
            zone_id=make.zone.id,
            person_id=writer.person_id,
            reason="Insulti ripetuti.",
        )
    shown = told.of(author)
    assert [one.told for one in shown] == [None]
    assert shown[0].notice.topic == "comment_added"


def test_a_blocked_account_is_told_nothing(
    make: Factory, told: Told, author: Actor, proposal: Proposal
) -> None:
    told.tell()
    admin = make.holder(Role.ADMINISTRATOR)
    told.run(
        admin,
        block_person,
        zone_id=make.zone.id,
        person_id=author.person_id,
        reason="Insulti ripetuti.",
    )
    make.comment(proposal)
    told.tell()
    with told.database.snapshot() as session:
        assert newest_notices(session, author.person_id or 0, limit=9) == []


def test_a_follower_of_a_table_hears_of_proposals_and_of_no_comment(
    make: Factory, told: Told
) -> None:
    table, who = make.table(), make.citizen()
    told.follow(who, SubjectKind.TABLE, table.id)
    proposal = make.proposal(table)
    make.comment(proposal)
    make.proposal()
    assert told.topics_of(who) == ["proposal_added"]
    with told.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
        admit_proposal(tx, proposal_id=proposal.id)
    assert told.topics_of(who) == ["proposal_added"]


def test_nothing_is_written_for_who_wants_none_of_a_group(
    make: Factory, told: Told, author: Actor, proposal: Proposal
) -> None:
    told.choose(author, Group.DISCUSSION, Channel.NONE)
    make.comment(proposal)
    assert told.of(author) == []
    told.choose(author, Group.DISCUSSION, Channel.SITE, table_id=proposal.table_id)
    make.comment(proposal)
    assert len(told.of(author)) == 1


def test_what_is_older_than_a_week_is_no_news(
    make: Factory, told: Told, author: Actor, proposal: Proposal
) -> None:
    make.comment(proposal)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert told.of(author) == []
        make.comment(proposal)
        assert told.topics_of(author) == ["comment_added"]


def test_a_role_is_told_to_whose_it_is_alone(make: Factory, told: Told) -> None:
    holder, other = make.holder(Role.PLAN_OFFICE), make.holder(Role.ADMINISTRATOR)
    assert told.topics_of(holder) == ["role_changed"]
    assert told.topics_of(other) == ["role_changed"]
    says = told.of(holder)[0].told
    assert says is not None
    with italian():
        assert "ufficio di piano" in str(says.sentence)
