"""A sitting that is played: every move that the room has, tried by persons who may or may not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from consultazione.core import log
from consultazione.core.actor import Actor
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
    set_speaking_quotas,
)
from consultazione.sittings.floor.models import HandKind, QuotaScope, SpeakingOrder
from consultazione.sittings.lifecycle.commands.breaks import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.annulling import annul_poll
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.rules import Effect
from consultazione.sittings.questions.commands.questions import (
    answer_question,
    ask_question,
    hide_question,
    merge_question,
    show_question,
)
from consultazione.sittings.questions.commands.upvotes import upvote_question, withdraw_upvote
from consultazione.sittings.questions.queries import moderated_questions
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms
from consultazione.sittings.quorums.commands import set_quorum, verify_quorum
from consultazione.sittings.room.snapshot import room_snapshot
from consultazione.sittings.video.commands import set_video
from tests.support import chat_moves, course_moves, record_moves
from tests.support.poll_examples import EXAMPLES, options_for, rules_for
from tests.support.record_moves import one

Snapshot = dict[str, Any]


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


def _ask(tx: Transaction, now: Snapshot, which: int) -> Any:
    """A question of one kind after the other; secret are the second of each round and a fifth."""
    asked = len(now["polls"])
    secret = asked % 6 == 1 or which == 5
    kind = list(KINDS)[asked % len(KINDS)]
    return open_poll(
        tx,
        sitting_id=now["sitting"]["id"],
        question=f"Question {asked}?",
        poll_kind=kind,
        options=options_for(kind),
        rules=replace(rules_for(kind), secret=secret, live=asked % 2 == 0 and not secret),
        effect=Effect.CONSULTATIVE if asked % 4 == 2 else Effect.BINDING,
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


def _left(now: Snapshot) -> list[int]:
    """The points not dealt with but the first, which stays as it is."""
    return [p["id"] for p in now["agenda"] if p["state"] in ("pending", "suspended")][1:]


_QUORUMS = (
    QuorumTerms(),
    QuorumTerms(kind=QuorumKind.PERSONS, least=3),
    QuorumTerms(kind=QuorumKind.SEATS, percent=50),
    QuorumTerms(kind=QuorumKind.CATEGORIES, by_category={Category.CITIZEN: 2}),
)
# A new move goes to the end, since scripts name moves by their number; if only the chair may do
# it, its number goes into PRESIDING too.
MOVES: list[Callable[[Transaction, Snapshot, int], Any]] = [
    lambda tx, now, _: enter_sitting(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, _: open_sitting(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, _: enter_sitting(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, which: start_point(tx, point_id=one(now["agenda"], which)),
    lambda tx, now, _: raise_hand(tx, sitting_id=now["sitting"]["id"]),
    lambda tx, now, which: give_floor(tx, hand_id=one(now["hands"], which)),
    lambda tx, now, which: _ask(tx, now, which),
    lambda tx, now, which: _vote(tx, now, which),
    lambda tx, now, which: withdraw_hand(tx, hand_id=one(now["hands"], which)),
    lambda tx, now, _: end_floor(tx, hand_id=(now["floor"] or {}).get("hand_id", 2**40)),
    lambda tx, now, _: close_poll(tx, poll_id=one(now["polls"], -1)),
    lambda tx, now, which: close_point(tx, point_id=one(now["agenda"], which)),
    lambda tx, now, _: leave_sitting(tx, sitting_id=now["sitting"]["id"]),
    # Rare among the moves, or few sittings would last.
    lambda tx, now, which: (
        close_sitting(tx, sitting_id=now["sitting"]["id"], count_poll=True, postponed=_left(now))
        if which == 0
        else None
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
CHANGED = len(MOVES)  # from here on the sitting itself is changed
MOVES += course_moves.MOVES
NOTED = len(MOVES)  # from here on something is written down
MOVES += record_moves.MOVES
# Those that only the chair may do; the others are everybody's.
PRESIDING = {1, 3, 5, 6, 10, 11, 13, 15, 16, 17, 18, 19, 20, 21, 23, 26, 27, 28, 29, 30}
PRESIDING |= set(range(CHANGED, NOTED))
PRESIDING |= set(range(NOTED + record_moves.EVERYBODYS, len(MOVES)))
LOST = len(MOVES)  # the keys of secret polls are lost, which may happen to anybody
MOVES.append(lambda tx, _now, _which: [tx.keys.destroy(name) for name in tx.keys.list()])
PRESIDING.add(len(MOVES))
MOVES.append(
    lambda tx, now, which: annul_poll(tx, poll_id=one(now["polls"], which), reason="Another text")
)
PRESIDING.add(len(MOVES))
MOVES.append(
    lambda tx, now, which: set_speaking_quotas(
        tx,
        sitting_id=now["sitting"]["id"],
        quotas={Category.CITIZEN: which % 2} if which else {},
        quota_scope=list(QuotaScope)[which // 2 % 2],
    )
)
CHATTED = len(MOVES)  # from here on what is beside the record: the chat, and applause
MOVES += chat_moves.MOVES
PRESIDING |= {CHATTED, CHATTED + 1}


def assert_same(replayed: Snapshot, fresh: Snapshot) -> None:
    """Equal, but for people who are no longer named: a browser may go on to know them."""
    known, named = replayed["people"], fresh["people"]
    assert {person_id: known.get(person_id) for person_id in named} == named
    assert {**replayed, "people": None} == {**fresh, "people": None}
