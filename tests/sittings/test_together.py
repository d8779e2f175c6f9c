"""Batched commands: one transaction, one answer for each request, in their order."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from consultazione.core import log
from consultazione.core.actor import SYSTEM, VISITOR, Actor
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from consultazione.sittings.attendance.commands.presence import enter_many
from consultazione.sittings.floor.commands.hands import Request, raise_many
from consultazione.sittings.floor.models import Hand, HandKind
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.polls.commands.ballots import Vote, cast_many
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.questions.commands.questions import ask_question, show_question
from consultazione.sittings.questions.commands.upvotes import upvote_many
from consultazione.sittings.room import snapshot
from tests.support.factories import Factory
from tests.support.meeting import Meeting


def cast_together(meeting: Meeting, poll_id: int, *votes: tuple[Actor, str]) -> list[Any]:
    """Cast several votes in one batch; return for each its choice or the class of its refusal."""
    cast = [Vote(actor, choice) for actor, choice in votes]
    with meeting.make.database.transaction(SYSTEM) as tx:
        answers = cast_many(tx, poll_id=poll_id, votes=cast)
    return [type(a) if isinstance(a, Refusal) else a.choice for a in answers]


@pytest.fixture
def poll_id(meeting: Meeting) -> int:
    fields = {"sitting_id": meeting.sitting.id, "question": "Approviamo?"}
    poll: Poll = meeting.run(open_poll, meeting.facilitator, **fields)
    return poll.id


def ballots(meeting: Meeting, poll_id: int) -> dict[int, str]:
    with meeting.make.session() as session:
        rows = session.scalars(select(Ballot).where(Ballot.poll_id == poll_id))
        return {row.person_id: row.choice for row in rows}


def test_a_refused_ballot_spoils_no_other(meeting: Meeting, make: Factory, poll_id: int) -> None:
    absent, late = make.citizen(), make.present(meeting.sitting)
    answers = cast_together(
        meeting,
        poll_id,
        (meeting.anna, "yes"),
        (absent, "yes"),
        (VISITOR, "no"),
        (meeting.bruno, "perhaps"),
        (meeting.facilitator, "no"),
        (late, "no"),
    )
    assert answers == ["yes", Conflict, NotAllowed, Invalid, Conflict, "no"]
    assert ballots(meeting, poll_id) == {
        meeting.anna.person_id: "yes",
        late.person_id: "no",
    }


def test_the_log_has_the_order_and_the_names(meeting: Meeting, poll_id: int) -> None:
    votes = [(meeting.bruno, "no"), (meeting.anna, "yes"), (meeting.bruno, "yes")]
    cast_together(meeting, poll_id, *votes, (meeting.anna, "yes"))
    with meeting.make.session() as session:
        entries = log.read_stream(session, f"poll:{poll_id}")
    recorded = [(e.actor_id, e.event.choice) for e in entries]  # type: ignore[attr-defined]
    assert recorded == [(actor.person_id, choice) for actor, choice in votes]
    assert ballots(meeting, poll_id)[meeting.bruno.person_id or 0] == "yes"


def test_a_closed_poll_refuses_all(meeting: Meeting, poll_id: int) -> None:
    meeting.run(close_poll, meeting.facilitator, poll_id=poll_id)
    assert cast_together(meeting, poll_id, (meeting.anna, "yes"), (meeting.bruno, "no")) == [
        Conflict,
        Conflict,
    ]
    with pytest.raises(NotFound):
        cast_together(meeting, 2**40, (meeting.anna, "yes"))


def test_many_come_in_once_each(meeting: Meeting, make: Factory) -> None:
    new = [make.citizen() for _ in range(5)]
    coming = [*reversed(new), meeting.anna, VISITOR, new[0]]
    with make.database.transaction(SYSTEM) as tx:
        answers = enter_many(tx, sitting_id=meeting.sitting.id, actors=coming)
    persons = [None if isinstance(a, Refusal) else a.person_id for a in answers]
    assert persons == [a.person_id for a in coming]
    with make.session() as session:
        entries = log.read_stream(session, f"attendance:{meeting.sitting.id}")
    assert [e.actor_id for e in entries[-5:]] == [a.person_id for a in reversed(new)]
    assert len({e.actor_id for e in entries}) == len(entries)


def test_nobody_comes_into_a_closed_sitting(meeting: Meeting, make: Factory) -> None:
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Conflict):
        enter_many(tx, sitting_id=meeting.sitting.id, actors=[make.citizen()])


def test_of_a_crowd_only_the_first_are_listed(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "MOST_NAMED", 2)
    with meeting.make.session() as session:
        shown = snapshot.presence_frame(session, meeting.sitting.id)
        mine = snapshot.room_mine(session, meeting.sitting.id, meeting.bruno.person_id)
    # A citizen who only attends is counted, without a name and without a number.
    assert (shown["count"], shown["present"]) == (3, [meeting.facilitator.person_id])
    assert sum(shown["by_category"].values()) == 3
    assert set(shown["people"]) == {str(meeting.facilitator.person_id)}  # a citizen is counted
    assert mine["present"] is True


def test_of_many_hands_each_is_answered_for_itself(meeting: Meeting, make: Factory) -> None:
    kinds = (HandKind.FLOOR, HandKind.FLOOR, HandKind.REPLY)
    requests = [Request(meeting.anna, kind) for kind in kinds]
    requests += [Request(make.citizen()), Request(VISITOR), Request(meeting.bruno)]
    with make.database.transaction(SYSTEM) as tx:
        answers = raise_many(tx, sitting_id=meeting.sitting.id, requests=requests)
    assert [type(a) for a in answers] == [Hand, Hand, Conflict, Conflict, NotAllowed, Hand]
    assert answers[0] is answers[1]
    with make.session() as session:
        entries = log.read_stream(session, f"sitting:{meeting.sitting.id}")
    raised = [(e.actor_id, e.event.hand_id) for e in entries if e.kind == "hand.raised"]  # type: ignore[attr-defined]
    assert raised == [(a.person_id, a.id) for a in answers[1:] if isinstance(a, Hand)]


def test_of_many_upvotes_each_counts_once(meeting: Meeting, make: Factory) -> None:
    asked = meeting.run(ask_question, meeting.anna, sitting_id=meeting.sitting.id, body="Quando?")
    meeting.run(show_question, meeting.facilitator, question_id=asked.id)
    actors = [meeting.bruno, meeting.bruno, meeting.anna, make.citizen(), meeting.facilitator]
    with make.database.transaction(SYSTEM) as tx:
        answers = upvote_many(tx, question_id=asked.id, actors=actors)
    assert [type(a) for a in answers] == [type(None)] * 2 + [Conflict] * 2 + [type(None)]
    with make.session() as session:
        (shown,) = snapshot.room_snapshot(session, meeting.sitting.id)["questions"]
    assert shown["upvotes"] == 2
