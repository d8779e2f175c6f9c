"""An old snapshot with the frames since then is a fresh snapshot, whatever happens between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultazione.config import ROOT
from consultazione.core.actor import SYSTEM, VISITOR
from consultazione.sittings.floor.order import room_queue
from consultazione.sittings.questions.queries import upvotes_of
from consultazione.sittings.room.snapshot import rooms_mine
from consultazione.tables.commands import take_seat
from tests.support.factories import Factory
from tests.support.js_types import faults_of
from tests.support.room_play import CHANGED, CHATTED, LOST, MOVES, NOTED, Play, assert_same
from tests.support.room_reducer import Reducer


@pytest.fixture(scope="module")
def reducer() -> Iterator[Reducer]:
    with Reducer() as reducer:
        yield reducer


# The kinds of entries that the room shows: those of the table of cases of the chronicle, but for
# the one that stands for a kind from a later version.
CASES = json.loads((ROOT / "tests" / "parity" / "chronicle.json").read_text())["cases"]
KINDS = {entry["kind"] for case in CASES for entry in case["entries"]} - {"sitting.forgotten"}
# A long sitting in which everything happens: who, which move, with what.
LONG = [
    (0, CHANGED + 7, 0), (0, CHANGED + 7, 1), (0, CHANGED + 7, 2), (0, CHANGED + 6, 4),
    (0, 28, 2), (0, 28, 1), (1, 0, 0), (0, CHANGED, 1), (0, CHANGED + 2, 0), (0, CHANGED + 1, 1),
    (0, CHANGED + 5, 1), (0, CHANGED + 2, 0), (0, 1, 0), (0, 27, 1), (1, 0, 0), (2, 0, 0),
    (0, 29, 0), (3, 0, 0), (0, CHANGED + 8, 1), (0, CHANGED + 8, 0), (0, CHANGED + 8, 1),
    (0, 3, 0), (1, 4, 0),
    (2, 4, 0), (3, 4, 0),
    (0, 5, 1), (3, 8, 1), (2, 9, 0), (0, 6, 0), (1, 7, 0), (2, 7, 1), (1, 7, 2), (0, 10, 0),
    (1, 22, 0), (2, 22, 1), (0, 23, 0), (0, 23, 0), (2, 24, 0), (2, 25, 0), (3, 24, 0), (0, 26, 0),
    (0, 17, 2), (1, 14, 1), (3, 14, 1), (0, 15, 2), (0, 16, 0),
    (0, 5, 0), (0, 18, 3), (2, 14, 2), (0, 15, 1), (0, 3, 1), (1, 12, 0), (1, 0, 0), (1, 4, 0),
    (0, 30, 1), (0, 30, 0),
    (0, 19, 0), (0, 20, 0), (0, 21, 1), (0, 3, 1), (0, 6, 0), (3, 7, 0), (0, 10, 0),
    (0, LOST + 2, 1), (0, LOST + 2, 3), (1, 4, 0), (2, 4, 0), (0, 5, 0), (0, 9, 0),
    (0, 6, 5), (3, 7, 0), (0, LOST, 0), (0, 10, 0),
    (0, 11, 1), (0, 3, 2), (0, 6, 0), (2, 7, 1), (3, 4, 0), (0, 5, 0),
    (1, NOTED, 0), (2, NOTED, 1), (3, NOTED, 2), (0, NOTED + 2, 0), (0, NOTED + 2, 1),
    (2, NOTED + 1, 1), (0, NOTED + 3, 1), (0, NOTED + 3, 2), (0, NOTED + 4, 0),
    (0, NOTED + 5, 1), (0, NOTED + 6, 0), (0, NOTED + 7, 0), (0, NOTED + 7, 2),
    (0, CHATTED, 0), (1, CHATTED + 2, 1), (0, CHATTED + 1, 0), (0, CHATTED, 0), (0, CHATTED + 3, 1),
    (0, NOTED + 8, 0), (1, 4, 0), (0, 13, 0), (0, CHANGED + 4, 0), (0, 13, 0),
]  # fmt: skip
moves = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, len(MOVES) - 1), st.integers(0, 5)), max_size=40
)


def test_the_script_of_a_long_sitting(play: Callable[[], Play], reducer: Reducer) -> None:
    """In a long sitting frames lead from every moment to the next, and to the end."""
    sitting, moments = play(), []
    for move in LONG:
        old, position = sitting.snapshot(), sitting.position()
        moments.append((old, position))
        sitting.act(move)
        step = reducer.replay(old, sitting.frames_since(position))
        assert_same(step["state"], sitting.snapshot())
        assert step["queue"] == room_queue(sitting.snapshot())
    end = sitting.snapshot()
    assert end["sitting"]["state"] == "closed"
    told = {entry["kind"] for entry in end["chronicle"]}
    assert told == KINDS - {"sitting.cancelled"}, "play each kind in LONG"
    for old, position in moments:
        answer = reducer.replay(old, sitting.frames_since(position))
        assert answer["gaps"] == []
        assert_same(answer["state"], end)


def test_a_sitting_that_is_cancelled(play: Callable[[], Play], reducer: Reducer) -> None:
    sitting = play()
    for move in [(1, 0, 0), (0, CHANGED + 2, 0)]:
        sitting.act(move)
    old, position = sitting.snapshot(), sitting.position()
    sitting.act((0, CHANGED + 3, 5))
    answer = reducer.replay(old, sitting.frames_since(position))
    assert answer["state"]["sitting"]["state"] == "cancelled"
    assert_same(answer["state"], sitting.snapshot())


@given(before=moves, after=moves)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_the_frames_lead_to_a_fresh_snapshot(
    play: Callable[[], Play],
    reducer: Reducer,
    before: list[tuple[int, int, int]],
    after: list[tuple[int, int, int]],
) -> None:
    sitting = play()
    for move in [(0, 28, len(before)), (0, 1, 0), *before]:
        sitting.act(move)
    old, position = sitting.snapshot(), sitting.position()
    for move in after:
        sitting.act(move)
    answer = reducer.replay(old, sitting.frames_since(position))
    assert_same(answer["state"], sitting.snapshot())
    assert answer["queue"] == room_queue(sitting.snapshot())


def test_what_is_sent_has_the_types_of_the_modules_that_receive_it(
    play: Callable[[], Play], tmp_path: Path
) -> None:
    sitting = play()
    shown, start = [sitting.snapshot()], sitting.position()
    for number, move in enumerate(LONG):
        sitting.act(move)
        if number % 6 == 0:
            shown.append(sitting.snapshot())
    sent: dict[str, list[Any]] = {"Snapshot": shown}
    for frame in sitting.frames_since(start):
        sent.setdefault(f"{frame['event'].capitalize()}Frame", []).append(frame["payload"])
    with sitting.database.snapshot() as session:
        sent["UpvotesFrame"] = [{"upvotes": upvotes_of(session, sitting.sitting.id)}]
        sent["ServersMine"] = rooms_mine(session, sitting.sitting.id, [VISITOR, *sitting.crowd])
    assert {*sent} == {
        "Snapshot", "EntriesFrame", "PresenceFrame", "QuestionsFrame", "UpvotesFrame",
        "RecordFrame", "TurnoutFrame", "ServersMine",
    }  # fmt: skip
    assert faults_of(sent, tmp_path) == []


def test_a_new_seat_asks_for_more_to_be_there(
    play: Callable[[], Play], make: Factory, reducer: Reducer
) -> None:
    sitting, organisation = play(), make.organisation()
    for move in [(0, 28, 2), (0, 1, 0)]:
        sitting.act(move)
    old, position = sitting.snapshot(), sitting.position()
    with make.database.transaction(SYSTEM) as tx:
        take_seat(tx, table_id=sitting.sitting.table_id, organisation_id=organisation.id)
    answer = reducer.replay(old, sitting.frames_since(position))
    assert answer["state"]["presence"]["quorum"]["needed"] == {"seats": 1}
    assert_same(answer["state"], sitting.snapshot())


def test_numbers_that_are_known_are_dropped_and_a_gap_is_seen(
    play: Callable[[], Play], reducer: Reducer
) -> None:
    sitting = play()
    start, position = sitting.snapshot(), sitting.position()
    for move in LONG[:12]:
        sitting.act(move)
    (frame,) = (f for f in sitting.frames_since(position) if f["event"] == "entries")
    twice = reducer.replay(start, [frame, frame])
    assert twice["gaps"] == []
    assert twice["state"]["number"] == sitting.snapshot()["number"]
    late = {**frame, "payload": {**frame["payload"], "entries": frame["payload"]["entries"][1:]}}
    gap = reducer.replay(start, [late])
    assert gap["gaps"] == [start["number"] + 2]
    assert gap["state"] == start
