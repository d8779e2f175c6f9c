"""Polls: voters, counting, the electorate and the result."""

from __future__ import annotations

import pytest

from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import Poll
from tests.support.meeting import Meeting

QUESTION = "Does the table take the proposal up?"


@pytest.fixture
def poll(meeting: Meeting) -> Poll:
    """An open poll."""
    return ask(meeting)


def ask(meeting: Meeting, question: str = QUESTION) -> Poll:
    opened: Poll = meeting.run(
        open_poll, meeting.facilitator, sitting_id=meeting.sitting.id, question=question
    )
    return opened


def test_the_result_is_stored_with_its_electorate(meeting: Meeting, poll: Poll) -> None:
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.electorate == 2
    assert closed.result == {
        "tally": {"yes": 1, "no": 0, "abstain": 0}, "carried": True, "grounds": "majority",
        "numbers": {}, "winners": [], "entitled": 2, "cast": 1, "room_tally": None,
        "room_confirmed": None, "needed": 1, "needed_of": 1, "quorum_votes": 0, "unregistered": 0,
        "represented": 0,
        "present_organisations": None, "voted_organisations": None,
            "attendance_needed": None, "attendance_there": None,
    }  # fmt: skip
    shown = meeting.snapshot()["polls"][0]
    assert (shown["state"], shown["carried"], shown["electorate"]) == ("closed", True, 2)


def test_the_electorate_is_whoever_was_present_while_it_was_open(meeting: Meeting) -> None:
    sitting_id = meeting.sitting.id
    meeting.run(leave_sitting, meeting.anna, sitting_id=sitting_id)
    poll = ask(meeting)
    assert meeting.snapshot()["turnout"] == {
        "poll_id": poll.id,
        "cast": 0,
        "electorate": 1,
        "tally": None,
    }
    carla = meeting.make.present(meeting.sitting)
    meeting.run(cast_ballot, carla, poll_id=poll.id, choice="no")
    meeting.run(leave_sitting, carla, sitting_id=sitting_id)
    meeting.run(enter_sitting, carla, sitting_id=sitting_id)
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    meeting.make.present(meeting.sitting)
    assert closed.electorate == 2
    assert meeting.snapshot()["polls"][0]["electorate"] == 2


def test_a_ballot_can_be_changed_and_repeated(meeting: Meeting, poll: Poll) -> None:
    for choice in ("yes", "yes", "no"):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice=choice)
    assert meeting.kinds(f"poll:{poll.id}") == ["ballot.cast", "ballot.cast"]
    assert meeting.snapshot()["turnout"]["cast"] == 1
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 0, "no": 1, "abstain": 0}


def test_only_those_present_vote_one_of_the_answers(meeting: Meeting, poll: Poll) -> None:
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.make.citizen(), poll_id=poll.id, choice="yes")
    meeting.run(leave_sitting, meeting.bruno, sitting_id=meeting.sitting.id)
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.bruno, poll_id=poll.id, choice="yes")
    with pytest.raises(Invalid) as refusal:
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="maybe")
    assert list(refusal.value.fields) == ["choice"]
    with pytest.raises(NotFound):
        meeting.run(cast_ballot, meeting.anna, poll_id=0, choice="yes")


def test_nobody_votes_once_it_is_closed(meeting: Meeting, poll: Poll) -> None:
    for _ in range(2):
        meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert meeting.kinds().count("poll.closed") == 1
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")


def test_one_poll_at_a_time_is_open(meeting: Meeting, poll: Poll) -> None:
    assert ask(meeting).id == poll.id
    with pytest.raises(Conflict):
        ask(meeting, "Another question?")
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert ask(meeting).id != poll.id


def test_only_who_presides_asks_and_counts(meeting: Meeting, poll: Poll) -> None:
    with pytest.raises(NotAllowed):
        meeting.run(open_poll, meeting.anna, sitting_id=meeting.sitting.id, question="Mine?")
    with pytest.raises(NotAllowed):
        meeting.run(close_poll, meeting.anna, poll_id=poll.id)
    with pytest.raises(Invalid):
        meeting.run(
            open_poll,
            meeting.facilitator,
            sitting_id=meeting.sitting.id,
            question=QUESTION,
            poll_kind="lottery",
        )


def test_a_poll_belongs_to_the_point_under_discussion(meeting: Meeting) -> None:
    point = meeting.points()[1]
    meeting.run(start_point, meeting.facilitator, point_id=point.id)
    assert ask(meeting).point_id == point.id
