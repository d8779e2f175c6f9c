"""Statements of vote and notes to the record: made, limited in number, withdrawn, hidden."""

from __future__ import annotations

from typing import Any

import pytest

from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.sittings.attendance.commands.presence import leave_sitting
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.record.commands.statements import (
    MOST_OF_POINT,
    hide_statement,
    make_statement,
    show_statement,
    withdraw_statement,
)
from consultazione.sittings.record.snapshot import MOST_SHOWN, hidden_statements, own_statements
from tests.support.meeting import Meeting


def state(meeting: Meeting, body: str = "For the record.", **more: Any) -> int:
    """Make a statement as Anna; return its id."""
    made = meeting.run(
        make_statement, meeting.anna, sitting_id=meeting.sitting.id, body=body, **more
    )
    return int(made.id)


def lead(meeting: Meeting, command: Any, statement_id: int, **fields: Any) -> Any:
    """Run a command on a statement as the chair."""
    return meeting.run(command, meeting.facilitator, statement_id=statement_id, **fields)


def moves(meeting: Meeting) -> list[str]:
    """Return the kinds of the entries on statements, without their prefix."""
    kinds = meeting.kinds(f"notes:{meeting.sitting.id}")
    return [kind.removeprefix("statement.") for kind in kinds]


def test_a_statement_is_recorded_at_once_and_all_see_it(meeting: Meeting) -> None:
    point = meeting.points()[0]
    meeting.run(start_point, meeting.facilitator, point_id=point.id)
    assert state(meeting) == state(meeting)
    record = meeting.snapshot()["record"]
    (shown,) = record["statements"]
    assert (shown["kind"], shown["body"], shown["point_id"], shown["poll_id"]) == (
        "note", "For the record.", point.id, None,
    )  # fmt: skip
    assert (record["count"], moves(meeting)) == (1, ["recorded"])
    assert meeting.snapshot()["people"][str(shown["person_id"])]["name"]


def test_a_statement_of_vote_stands_at_the_point_of_its_poll(meeting: Meeting) -> None:
    first = meeting.points()[0]
    meeting.run(start_point, meeting.facilitator, point_id=first.id)
    poll = meeting.run(
        open_poll, meeting.facilitator, sitting_id=meeting.sitting.id, question="Agreed?"
    )
    with pytest.raises(Conflict):
        state(meeting, poll_id=poll.id)
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="abstain")
    state(meeting, poll_id=poll.id)
    (shown,) = meeting.snapshot()["record"]["statements"]
    assert (shown["kind"], shown["poll_id"], shown["point_id"]) == ("vote", poll.id, first.id)
    other = meeting.make.sitting()
    chair = meeting.make.presided(other)
    foreign = meeting.run(open_poll, chair, sitting_id=other.id, question="There?")
    with pytest.raises(NotFound):
        state(meeting, poll_id=foreign.id)


def test_few_statements_of_one_person_stand_on_a_point(meeting: Meeting) -> None:
    made = [state(meeting, f"Number {number}.") for number in range(MOST_OF_POINT)]
    lead(meeting, hide_statement, made[0], reason="A name")
    with pytest.raises(Conflict):
        state(meeting, "One more.")
    meeting.run(withdraw_statement, meeting.anna, statement_id=made[1])
    state(meeting, "In its place.")
    meeting.run(start_point, meeting.facilitator, point_id=meeting.points()[0].id)
    state(meeting, "On another point.")
    assert meeting.snapshot()["record"]["count"] == MOST_OF_POINT


def test_only_its_author_withdraws_a_statement_until_the_closing(meeting: Meeting) -> None:
    made = state(meeting)
    for actor in (meeting.bruno, meeting.facilitator):
        with pytest.raises(NotAllowed):
            meeting.run(withdraw_statement, actor, statement_id=made)
    kept = state(meeting, "Kept.")
    meeting.run(leave_sitting, meeting.anna, sitting_id=meeting.sitting.id)
    for _ in range(2):  # even after leaving
        meeting.run(withdraw_statement, meeting.anna, statement_id=made)
    assert moves(meeting) == ["recorded", "recorded", "withdrawn"]
    with pytest.raises(Conflict):
        lead(meeting, hide_statement, made, reason="Gone")
    with pytest.raises(Conflict):
        state(meeting, "From outside.")
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    with pytest.raises(Conflict):
        meeting.run(withdraw_statement, meeting.anna, statement_id=kept)


def test_words_can_be_left_out_with_a_reason_that_the_author_reads(meeting: Meeting) -> None:
    made = state(meeting, "Mr So-and-so is ill.")
    for _ in range(2):
        lead(meeting, hide_statement, made, reason="Somebody's health")
    record = meeting.snapshot()["record"]
    assert (record["statements"], record["count"], record["hidden"]) == ([], 0, 1)
    assert "So-and-so" not in str(meeting.snapshot())
    with meeting.make.session() as session:
        (own,) = own_statements(session, meeting.sitting.id, meeting.anna.person_id)
        (kept,) = hidden_statements(session, meeting.sitting.id)
        assert own_statements(session, meeting.sitting.id, meeting.bruno.person_id) == []
    assert own["reason"] == kept["reason"] == "Somebody's health"
    for _ in range(2):
        lead(meeting, show_statement, made)
    assert meeting.snapshot()["record"]["count"] == 1
    assert moves(meeting) == ["recorded", "hidden", "shown"]


def test_who_does_not_preside_hides_nothing(meeting: Meeting) -> None:
    made = state(meeting)
    for command, fields in ((hide_statement, {"reason": "?"}), (show_statement, {})):
        with pytest.raises(NotAllowed):
            meeting.run(command, meeting.bruno, statement_id=made, **fields)
        with pytest.raises(NotFound):
            lead(meeting, command, 10**9, **fields)


def test_of_many_statements_the_newest_are_shown(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultazione.sittings.record.commands.statements.MOST_OF_POINT", 99)
    for number in range(MOST_SHOWN + 1):
        state(meeting, f"Number {number}.")
    record = meeting.snapshot()["record"]
    assert (record["count"], len(record["statements"])) == (MOST_SHOWN + 1, MOST_SHOWN)
    assert record["statements"][0]["body"] == f"Number {MOST_SHOWN}."
