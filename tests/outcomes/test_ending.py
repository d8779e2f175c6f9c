"""How a sign-off ends: the deadline and silence, the chair's act, and when a deadline moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.minutes.commands.approving import publish_minutes
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.commands.answering import decline_outcome, sign_outcome
from consultazione.outcomes.commands.ending import (
    close_outcome,
    end_sign_off,
    set_outcome_deadline,
)
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.outcomes.models import Answer, ClosedBy, OutcomeState
from consultazione.outcomes.queries import get_outcome
from consultazione.zones.models import SignOffRule, Zone
from tests.support.factories import Factory
from tests.support.signoff_board import Board
from workers import outcomes as jobs
from workers.loops.sweeps import sign_off_sweep

DAY = timedelta(days=1)


def chair(board: Board) -> Actor:
    return board.make.holder(Role.FACILITATOR, board.outcome.table_id)


def answers(board: Board) -> list[Answer | None]:
    return [party.answer for party in board.outcome.parties]


def change_zone(make: Factory, **values: Any) -> None:
    with make.database.transaction(SYSTEM) as tx:
        tx.session.execute(update(Zone).where(Zone.id == make.zone.id).values(values))


def test_unions_have_the_days_that_the_zone_gives(make: Factory, board: Board) -> None:
    assert board.outcome.due_on == clock.today() + 30 * DAY
    change_zone(make, sign_off_days=7)
    assert make.outcome("Another.").due_on == clock.today() + 7 * DAY


def test_who_publishes_minutes_may_say_another_day(board: Board) -> None:
    make, day = board.make, clock.today() + 12 * DAY
    minutes = make.published(make.minutes(), "A third thing.")
    facilitator = make.holder(Role.FACILITATOR, minutes.sitting.table_id)
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Minutes, minutes.id).state = MinutesState.APPROVED
    for wrong in (clock.today(), clock.today() + 366 * DAY):
        with (
            pytest.raises(Invalid) as refused,
            make.database.transaction(facilitator) as tx,
        ):
            publish_minutes(tx, minutes_id=minutes.id, answers_due_on=wrong)
        assert list(refused.value.fields) == ["answers_due_on"]
    with make.database.transaction(facilitator) as tx:
        publish_minutes(tx, minutes_id=minutes.id, answers_due_on=day)
    with make.database.transaction(SYSTEM) as tx:
        jobs.open_outcome(tx, log.read_stream(tx.session, f"minutes:{minutes.sitting_id}")[-1])
    with make.database.transaction(SYSTEM) as tx:
        outcome = open_outcome(tx, minutes_id=minutes.id)
        assert outcome is not None
        assert outcome.due_on == day


@pytest.mark.parametrize("rule", SignOffRule)
def test_silence_at_the_deadline_is_recorded_as_silence(make: Factory, rule: SignOffRule) -> None:
    change_zone(make, sign_off_rule=rule)
    board = Board.of(make, 3)
    board.answer(decline_outcome, reason="No.")
    assert not board.ended()
    board.overdue()
    assert board.ended()
    assert answers(board) == [Answer.DECLINED, Answer.SILENT, Answer.SILENT]
    assert (board.outcome.state, board.outcome.closed_by) == (
        OutcomeState.CLOSED,
        ClosedBy.DEADLINE,
    )
    last = board.kinds()[-3:]
    assert last == [*["outcome.silence_recorded"] * 2, "outcome.closed"]


def test_the_end_comes_once(board: Board) -> None:
    board.overdue()
    assert board.ended()
    before = board.kinds()
    assert not board.ended()
    assert board.kinds() == before


def test_the_dispatcher_ends_what_is_over_and_nothing_else(board: Board) -> None:
    other = board.make.outcome("Another.")
    board.overdue()
    sign_off_sweep(board.make.database).turn()
    assert board.outcome.state is OutcomeState.CLOSED
    with board.make.session() as session:
        assert get_outcome(session, other.id).state is OutcomeState.SIGNING


def test_a_deadline_that_nobody_has_swept_yet_counts_all_the_same(board: Board) -> None:
    board.overdue()
    with pytest.raises(Conflict, match="deadline has passed"):
        board.answer(sign_outcome)
    assert answers(board) == [None, None]


def test_on_the_last_day_a_union_still_answers(board: Board) -> None:
    board.overdue(days=0)
    board.answer(sign_outcome)
    assert not board.ended()


def test_after_its_silence_a_union_hears_why_it_cannot_answer(board: Board) -> None:
    board.overdue()
    board.ended()
    with pytest.raises(Conflict, match="deadline has passed"):
        board.answer(sign_outcome)


def test_where_the_deadline_is_the_rule_answers_alone_end_nothing(make: Factory) -> None:
    change_zone(make, sign_off_rule=SignOffRule.DEADLINE)
    board = Board.of(make, 3)
    for union in range(3):
        board.answer(sign_outcome, union=union)
    assert board.outcome.state is OutcomeState.SIGNING
    board.overdue()
    assert board.ended()
    assert answers(board) == [Answer.SIGNED] * 3


def test_an_outcome_of_before_deadlines_waits_until_its_chair_sets_one(board: Board) -> None:
    board.due(None)
    assert not board.ended()
    with board.make.database.transaction(chair(board)) as tx:
        set_outcome_deadline(
            tx, outcome_id=board.outcome_id, due_on=clock.today() + DAY, reason="It is time."
        )
    assert board.outcome.due_on == clock.today() + DAY


def test_the_chair_moves_the_deadline_with_a_reason(board: Board) -> None:
    day = clock.today() + 45 * DAY
    with board.make.database.transaction(chair(board)) as tx:
        set_outcome_deadline(tx, outcome_id=board.outcome_id, due_on=day, reason="Holidays.")
    assert (board.outcome.due_on, board.outcome.due_reason) == (day, "Holidays.")
    assert board.kinds()[-1] == "outcome.deadline_set"


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(0, "Why.", "due_on"), (366, "Why.", "due_on"), (30, "Why.", "due_on"), (9, " ", "reason")],
    ids=["today", "too far", "the same day", "no reason"],
)
def test_a_deadline_that_makes_no_sense_is_refused(
    board: Board, days: int, reason: str, field: str
) -> None:
    day = clock.today() + timedelta(days=days)
    with pytest.raises(Invalid) as refused, board.make.database.transaction(chair(board)) as tx:
        set_outcome_deadline(tx, outcome_id=board.outcome_id, due_on=day, reason=reason)
    assert list(refused.value.fields) == [field]


def test_a_deadline_that_has_passed_is_not_moved(board: Board) -> None:
    board.overdue()
    with pytest.raises(Conflict), board.make.database.transaction(chair(board)) as tx:
        set_outcome_deadline(
            tx, outcome_id=board.outcome_id, due_on=clock.today() + DAY, reason="Please."
        )


def test_the_chair_ends_the_sign_off_with_a_reason(board: Board) -> None:
    board.answer(sign_outcome)
    with pytest.raises(Invalid), board.make.database.transaction(chair(board)) as tx:
        close_outcome(tx, outcome_id=board.outcome_id, reason=" ")
    with board.make.database.transaction(chair(board)) as tx:
        close_outcome(tx, outcome_id=board.outcome_id, reason="It will not answer.")
    outcome = board.outcome
    assert (outcome.closed_by, outcome.closed_reason) == (ClosedBy.CHAIR, "It will not answer.")
    assert answers(board) == [Answer.SIGNED, None]
    assert board.kinds()[-2:] == ["outcome.sign_off_ended", "outcome.closed"]
    with pytest.raises(Conflict), board.make.database.transaction(chair(board)) as tx:
        close_outcome(tx, outcome_id=board.outcome_id, reason="Again.")
    with pytest.raises(Conflict, match="over"):
        board.answer(sign_outcome, union=1)


def test_only_the_chair_ends_or_moves_and_only_the_platform_records_silence(board: Board) -> None:
    of: dict[str, Any] = {"outcome_id": board.outcome_id}
    move: Callable[[Any], Any] = lambda tx: set_outcome_deadline(  # noqa: E731
        tx, **of, due_on=date(2999, 1, 1), reason="x"
    )
    for who in (board.make.citizen(), board.delegates[0], board.make.holder(Role.PLAN_OFFICE)):
        for act in (move, lambda tx: close_outcome(tx, **of, reason="x")):
            with pytest.raises(NotAllowed), board.make.database.transaction(who) as tx:
                act(tx)
    with pytest.raises(NotAllowed), board.make.database.transaction(chair(board)) as tx:
        end_sign_off(tx, **of)
    with pytest.raises(NotFound), board.make.database.transaction(SYSTEM) as tx:
        end_sign_off(tx, outcome_id=board.outcome_id + 1000)
