"""An old snapshot with the frames since then is a fresh snapshot, whatever happens between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultazione.core import log
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.core.db import Database, Transaction
from consultazione.core.errors import Refusal
from consultazione.live import frames
from consultazione.live.pending_snapshots import PendingSnapshots
from consultazione.people.models import Category
from consultazione.sittings.agenda.commands.order import move_point
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.floor.commands.floor import end_floor, give_floor, withdraw_hand
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.floor.commands.speakers import (
    choose_order,
    extend_floor,
    limit_time,
    move_hand,
)
from consultazione.sittings.floor.models import HandKind, SpeakingOrder
from consultazione.sittings.floor.order import room_queue
from consultazione.sittings.lifecycle.commands.breaks import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.lifecycle.commands.course import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.questions.commands.questions import (
    answer_question,
    ask_question,
    hide_question,
    merge_question,
    show_question,
)
from consultazione.sittings.questions.commands.upvotes import upvote_question, withdraw_upvote
from consultazione.sittings.questions.queries import moderated_questions, upvotes_of
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms
from consultazione.sittings.quorums.commands import set_quorum, verify_quorum
from consultazione.sittings.room.snapshot import room_snapshot, rooms_mine
from consultazione.sittings.video.commands import set_video
from consultazione.tables.commands import take_seat
from tests.factories import Factory
from tests.js.typed import faults_of
from tests.live import noted
from tests.live.noted import one
from tests.live.reducer import Reducer
from tests.sittings.poll_examples import EXAMPLES, options_for, rules_for

Snapshot = dict[str, Any]


@pytest.fixture(scope="module")
def reducer() -> Iterator[Reducer]:
    with Reducer() as reducer:
        yield reducer


@dataclass
class Play:
    """A sitting with a facilitator and three citizens, who try things; refusals do not matter."""

    database: Database
    sitting: Sitting
    crowd: list[Actor]

    def snapshot(self) -> Snapshot:
        with self.database.snapshot() as session:
            return room_snapshot(session, self.sitting.id)

    def act(self, move: tuple[int, int, int]) -> None:
        """Let somebody (first number) try a move (second) with something (third)."""
        who, what, which = move
        actor = self.crowd[0 if what in PRESIDING else who]
        with suppress(Refusal), self.database.transaction(actor) as tx:
            MOVES[what](tx, self.snapshot(), which)

    def frames_since(self, position: int) -> list[dict[str, Any]]:
        """What the dispatcher would tell the room about everything beyond a position."""
        crowds = PendingSnapshots()
        with self.database.snapshot() as session:
            entries = log.read_forward(session, after=position, limit=10_000)
            crowds.note(entries)
            found = frames.entry_frames(session, entries) + crowds.frames(session)
        room = f"sitting:{self.sitting.id}"
        return [{"event": f.event, "payload": f.payload} for f in found if f.room == room]

    def position(self) -> int:
        with self.database.snapshot() as session:
            latest = log.read_latest(session, limit=1)
        return latest[0].position


@pytest.fixture
def play(make: Factory, database: Database, tmp_path: Path) -> Callable[[], Play]:
    """Begins a new play with the same persons."""
    table = make.table()
    make.material(table, tmp_path)
    crowd = [make.holder(Role.FACILITATOR, table.id), *(make.citizen() for _ in range(3))]
    return lambda: Play(database, make.sitting(table), crowd)


def _ask(tx: Transaction, now: Snapshot) -> Any:
    """A question of one kind after the other; the second of each round is secret."""
    asked = len(now["polls"])
    kind = list(KINDS)[asked % len(KINDS)]
    return open_poll(
        tx,
        sitting_id=now["sitting"]["id"],
        question=f"Question {asked}?",
        poll_kind=kind,
        options=options_for(kind),
        rules=replace(rules_for(kind), secret=asked % 6 == 1, live=asked % 2 == 0),
    )


def _vote(tx: Transaction, now: Snapshot, which: int) -> Any:
    kind = now["polls"][-1]["poll_kind"] if now["polls"] else "yes_no_abstain"
    admitted = EXAMPLES[kind][0]
    return cast_ballot(tx, poll_id=one(now["polls"], -1), choice=admitted[which % len(admitted)])


def _moderate(tx: Transaction, now: Snapshot, which: int) -> Any:
    """Show, hide or merge one of the questions that are not shown."""
    hidden = moderated_questions(tx.session, now["sitting"]["id"])
    question_id = one(hidden, which)
    if which == 3:
        return hide_question(tx, question_id=question_id, reason="Twice")
    if which == 4:
        return merge_question(tx, question_id=question_id, into=one(now["questions"], 0))
    return show_question(tx, question_id=question_id)


_QUORUMS = (
    QuorumTerms(),
    QuorumTerms(kind=QuorumKind.PERSONS, least=3),
    QuorumTerms(kind=QuorumKind.SEATS, percent=50),
    QuorumTerms(kind=QuorumKind.CATEGORIES, by_category={Category.CITIZEN: 2}),
)
MOVES: list[Callable[[Transaction, Snapshot, int], Any]] = [
    lambda tx, now, _: enter_sitting(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, _: open_sitting(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, _: enter_sitting(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, which: start_point(tx, point_id=one(now["agenda"], which)),
    lambda tx, now, _: raise_hand(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, which: give_floor(tx, hand_id=one(now["hands"], which)),
    lambda tx, now, _: _ask(tx, now),
    lambda tx, now, which: _vote(tx, now, which),
    lambda tx, now, which: withdraw_hand(tx, hand_id=one(now["hands"], which)),
    lambda tx, now, _: end_floor(tx, hand_id=(now["floor"] or {}).get("hand_id", 2**40)),
    lambda tx, now, _: close_poll(tx, poll_id=one(now["polls"], -1)),
    lambda tx, now, which: close_point(tx, point_id=one(now["agenda"], which)),
    lambda tx, now, _: leave_sitting(tx, sitting_id=now["sitting"]["id"]),
    # Rare among the moves, or few sittings would last.
    lambda tx, now, which: (
        close_sitting(tx, sitting_id=now["sitting"]["id"]) if which == 0 else None
    ),
    lambda tx, now, which: raise_hand(
        tx, sitting_id=now["sitting"]["id"], hand_kind=list(HandKind)[which % 3]
    ),
    lambda tx, now, which: choose_order(
        tx, sitting_id=now["sitting"]["id"], ordering=list(SpeakingOrder)[which % 4]
    ),
    lambda tx, now, which: move_hand(
        tx, hand_id=one(now["hands"], which), before=one(now["hands"], 0) if which % 2 else None
    ),
    lambda tx, now, which: limit_time(
        tx, sitting_id=now["sitting"]["id"], seconds=60 * which or None
    ),
    lambda tx, now, which: extend_floor(
        tx, hand_id=(now["floor"] or {}).get("hand_id", 2**40), seconds=600 + which
    ),
    lambda tx, now, _: suspend_sitting(tx, sitting_id=now["sitting"]["id"], reason="A break"),
    lambda tx, now, _: resume_sitting(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, which: suspend_point(tx, point_id=one(now["agenda"], which)),
    lambda tx, now, which: ask_question(tx, sitting_id=now["sitting"]["id"], body=f"Why {which}?"),
    lambda tx, now, which: _moderate(tx, now, which),
    lambda tx, now, which: upvote_question(tx, question_id=one(now["questions"], which)),
    lambda tx, now, which: withdraw_upvote(tx, question_id=one(now["questions"], which)),
    lambda tx, now, which: answer_question(
        tx, question_id=one(now["questions"], which), answer="So." if which % 2 else None
    ),
    lambda tx, now, which: move_point(
        tx, point_id=one(now["agenda"], which), before=one(now["agenda"], which // 2)
    ),
    lambda tx, now, which: set_quorum(
        tx, sitting_id=now["sitting"]["id"], quorum=_QUORUMS[which % len(_QUORUMS)]
    ),
    lambda tx, now, _: verify_quorum(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, which: set_video(
        tx, sitting_id=now["sitting"]["id"], video_url="https://meet.example/" * (which % 2)
    ),
]
NOTED = len(MOVES)  # from here on something is written down
MOVES += noted.MOVES
# Those that only who presides may do; the others are everybody's.
PRESIDING = {1, 3, 5, 6, 10, 11, 13, 15, 16, 17, 18, 19, 20, 21, 23, 26, 27, 28, 29, 30}
PRESIDING |= set(range(NOTED + noted.EVERYBODYS, len(MOVES)))
# A long sitting in which everything happens: who, which move, with what.
LONG = [
    (0, 28, 2), (0, 28, 1), (0, 1, 0), (0, 27, 1), (1, 0, 0), (2, 0, 0), (0, 29, 0), (3, 0, 0),
    (0, 3, 0), (1, 4, 0),
    (2, 4, 0), (3, 4, 0),
    (0, 5, 1), (3, 8, 1), (2, 9, 0), (0, 6, 0), (1, 7, 0), (2, 7, 1), (1, 7, 2), (0, 10, 0),
    (1, 22, 0), (2, 22, 1), (0, 23, 0), (0, 23, 0), (2, 24, 0), (2, 25, 0), (3, 24, 0), (0, 26, 0),
    (0, 17, 2), (1, 14, 1), (3, 14, 1), (0, 15, 2), (0, 16, 0),
    (0, 5, 0), (0, 18, 3), (2, 14, 2), (0, 15, 1), (0, 3, 1), (1, 12, 0), (1, 0, 0), (1, 4, 0),
    (0, 30, 1), (0, 30, 0),
    (0, 19, 0), (0, 20, 0), (0, 21, 1), (0, 3, 1), (0, 6, 0), (3, 7, 0), (0, 10, 0),
    (0, 11, 1), (0, 3, 2), (0, 6, 0), (2, 7, 1), (3, 4, 0), (0, 5, 0),
    (1, NOTED, 0), (2, NOTED, 1), (3, NOTED, 2), (0, NOTED + 2, 0), (0, NOTED + 2, 1),
    (2, NOTED + 1, 1), (0, NOTED + 3, 1), (0, NOTED + 3, 2), (0, NOTED + 4, 0),
    (0, NOTED + 5, 1), (0, NOTED + 6, 0), (0, NOTED + 7, 0), (0, NOTED + 7, 2),
    (0, NOTED + 8, 0), (0, 13, 0),
]  # fmt: skip
moves = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, len(MOVES) - 1), st.integers(0, 5)), max_size=40
)


def assert_same(replayed: Snapshot, fresh: Snapshot) -> None:
    """Equal, but for people who are no longer named: a browser may go on to know them."""
    known, named = replayed["people"], fresh["people"]
    assert {person_id: known.get(person_id) for person_id in named} == named
    assert {**replayed, "people": None} == {**fresh, "people": None}


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
    assert {entry["kind"] for entry in end["chronicle"]} == set(SAID_IN_THE_ROOM)
    for old, position in moments:
        answer = reducer.replay(old, sitting.frames_since(position))
        assert answer["gaps"] == []
        assert_same(answer["state"], end)


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


SAID_IN_THE_ROOM = (
    "sitting.convened",
    "agenda.point_added",
    "quorum.set",
    "quorum.verified",
    "sitting.opened",
    "sitting.closed",
    "agenda.point_started",
    "agenda.point_closed",
    "hand.raised",
    "hand.withdrawn",
    "floor.given",
    "floor.ended",
    "floor.extended",
    "question.answered",
    "sitting.suspended",
    "sitting.resumed",
    "sitting.video_set",
    "agenda.point_suspended",
    "agenda.reordered",
    "agenda.material_attached",
    "agenda.material_detached",
    "speakers.order_chosen",
    "speakers.placed",
    "speakers.time_limited",
    "poll.opened",
    "poll.option_offered",
    "poll.closed",
)
