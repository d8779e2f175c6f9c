"""The lifecycle of a sitting: opening, points, closing with everything that is open."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.sittings.attendance.commands.presence import enter_sitting
from consultazione.sittings.floor.commands.floor import give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.models import SittingState
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from tests.support.factories import Factory
from tests.support.meeting import Meeting
from tests.support.statements import statements


def test_who_opens_presides_and_is_present(make: Factory) -> None:
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    with make.database.transaction(facilitator) as tx:
        again = open_sitting(tx, sitting_id=sitting.id)
    assert tx.entries == []
    assert again.presided_by == facilitator.person_id


def test_only_a_facilitator_of_the_table_opens_and_only_once(make: Factory) -> None:
    sitting = make.sitting()
    for actor in (make.citizen(), make.holder(Role.FACILITATOR, make.table().id)):
        with pytest.raises(NotAllowed), make.database.transaction(actor) as tx:
            open_sitting(tx, sitting_id=sitting.id)
    make.presided(sitting)
    other = make.holder(Role.FACILITATOR, sitting.table_id)
    with pytest.raises(Conflict), make.database.transaction(other) as tx:
        open_sitting(tx, sitting_id=sitting.id)
    with pytest.raises(NotFound), make.database.transaction(other) as tx:
        open_sitting(tx, sitting_id=0)


def test_a_point_follows_another_and_ends_the_floor(meeting: Meeting) -> None:
    first, second, _last = meeting.points()
    meeting.run(start_point, meeting.facilitator, point_id=first.id)
    hand = meeting.run(raise_hand, meeting.anna, sitting_id=meeting.sitting.id)
    meeting.run(give_floor, meeting.facilitator, hand_id=hand.id)
    before = len(meeting.kinds())
    meeting.run(start_point, meeting.facilitator, point_id=second.id)
    assert meeting.kinds()[before:] == [
        "floor.ended", "agenda.point_closed", "agenda.point_started",
    ]  # fmt: skip
    states = [point["state"] for point in meeting.snapshot()["agenda"]]
    assert states == ["done", "current", "pending"]


def test_starting_or_closing_a_point_again_is_harmless(meeting: Meeting) -> None:
    point, second, _last = meeting.points()
    for command in (start_point, start_point, close_point, close_point):
        meeting.run(command, meeting.facilitator, point_id=point.id)
    assert meeting.kinds()[-2:] == ["agenda.point_started", "agenda.point_closed"]
    with pytest.raises(Conflict):
        meeting.run(start_point, meeting.facilitator, point_id=point.id)
    with pytest.raises(Conflict):
        meeting.run(close_point, meeting.facilitator, point_id=second.id)
    with pytest.raises(NotAllowed):
        meeting.run(start_point, meeting.anna, point_id=second.id)


def test_a_point_is_not_left_while_its_poll_is_open(meeting: Meeting) -> None:
    first, second, _last = meeting.points()
    meeting.run(start_point, meeting.facilitator, point_id=first.id)
    poll = meeting.run(open_poll, meeting.facilitator, sitting_id=meeting.sitting.id, question="?")
    for command, point in ((start_point, second), (close_point, first)):
        with pytest.raises(Conflict):
            meeting.run(command, meeting.facilitator, point_id=point.id)
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    meeting.run(close_point, meeting.facilitator, point_id=first.id)


def test_no_point_starts_before_the_sitting_is_opened(make: Factory) -> None:
    sitting = make.sitting()
    with make.session() as session:
        point = session.merge(sitting).agenda[0]
    facilitator = make.holder(Role.FACILITATOR, sitting.table_id)
    with pytest.raises(Conflict), make.database.transaction(facilitator) as tx:
        start_point(tx, point_id=point.id)


def test_closing_ends_all_that_is_open(meeting: Meeting) -> None:
    sitting_id = meeting.sitting.id
    meeting.run(start_point, meeting.facilitator, point_id=meeting.points()[0].id)
    speaking = meeting.run(raise_hand, meeting.anna, sitting_id=sitting_id)
    meeting.run(give_floor, meeting.facilitator, hand_id=speaking.id)
    meeting.run(raise_hand, meeting.bruno, sitting_id=sitting_id)
    poll = meeting.run(open_poll, meeting.facilitator, sitting_id=sitting_id, question="Agreed?")
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    before = len(meeting.kinds())
    with pytest.raises(Conflict):
        meeting.run(close_sitting, meeting.facilitator, sitting_id=sitting_id)
    meeting.run(close_sitting, meeting.facilitator, sitting_id=sitting_id, count_poll=True)
    assert meeting.kinds()[before:] == [
        "floor.ended", "hand.lapsed", "poll.closed", "agenda.point_closed", "sitting.closed",
    ]  # fmt: skip
    room = meeting.snapshot()
    assert (room["sitting"]["state"], room["floor"], room["hands"]) == ("closed", None, [])
    assert (room["presence"]["count"], room["turnout"]) == (0, None)
    assert room["polls"][0]["electorate"] == 2  # who leads the table does not vote
    assert meeting.kinds(f"attendance:{sitting_id}")[-3:] == ["attendance.left"] * 3


def test_the_closing_is_the_last_entry_of_all(meeting: Meeting) -> None:
    """The log up to the entry of the closing holds the whole sitting."""
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        close_sitting(tx, sitting_id=meeting.sitting.id)
    assert tx.entries[-1].kind == "sitting.closed"
    assert len(tx.entries) == 4


def test_a_closed_sitting_stays_closed(meeting: Meeting) -> None:
    fields = {"sitting_id": meeting.sitting.id}
    with pytest.raises(NotAllowed):
        meeting.run(close_sitting, meeting.anna, **fields)
    meeting.run(close_sitting, meeting.facilitator, **fields)
    again = meeting.run(close_sitting, meeting.facilitator, **fields)
    assert again.state is SittingState.CLOSED
    assert meeting.kinds().count("sitting.closed") == 1
    for command in (open_sitting, enter_sitting, raise_hand):
        with pytest.raises(Conflict):
            meeting.run(command, meeting.facilitator, **fields)


def test_a_sitting_that_was_not_opened_is_not_closed(make: Factory) -> None:
    sitting = make.sitting()
    facilitator = make.holder(Role.FACILITATOR, sitting.table_id)
    with pytest.raises(Conflict), make.database.transaction(facilitator) as tx:
        close_sitting(tx, sitting_id=sitting.id)


def test_closing_asks_for_the_hands_once_however_many_are_present(
    meeting: Meeting, connection: Connection
) -> None:
    with statements(connection) as asked:
        meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    assert meeting.kinds(f"attendance:{meeting.sitting.id}").count("attendance.left") == 3
    assert sum("FROM hand" in statement for statement in asked) == 1
