"""Two delegates of one union answer at the same time, in separate transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from consultazione import models
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Database, Transaction
from consultazione.core.errors import Conflict
from consultazione.outcomes.commands.answering import decline_outcome, sign_outcome
from consultazione.outcomes.commands.ending import close_outcome, end_sign_off
from consultazione.outcomes.models import Answer, ClosedBy, OutcomeState
from tests.support.final_commits import final_commits
from tests.support.signoff_board import Board, open_board
from workers.loops import sweeps
from workers.loops.sweeps import sign_off_sweep

assert models.ALL


@pytest.fixture
def committed(engine: Engine) -> Iterator[Database]:
    """A database whose commits are real, emptied after the test."""
    with final_commits(engine) as database:
        yield database


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run functions in parallel; returns the class names of what each raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            raised.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def colleague(board: Board) -> Board:
    """The same board, with a second delegate of the first union in place of the first."""
    person = board.make.person()
    board.make.mandate(person, board.unions[0])
    delegates = [board.make.actor(person), board.delegates[1]]
    return Board(board.make, board.outcome_id, board.unions, delegates)


def test_of_two_delegates_of_one_union_one_answers(committed: Database) -> None:
    board = open_board(committed)
    other = colleague(board)
    raised = at_once(
        lambda: board.answer(sign_outcome),
        lambda: other.answer(decline_outcome, reason="No jobs in it."),
    )
    assert raised == [Conflict.__name__]
    (answered,) = [party for party in board.outcome.parties if party.answer]
    kind = {Answer.SIGNED: "outcome.signed", Answer.DECLINED: "outcome.declined"}
    assert board.kinds() == ["outcome.opened", kind[answered.answer or Answer.SIGNED]]


def test_two_unions_at_once_close_the_outcome_once(committed: Database) -> None:
    board = open_board(committed)
    raised = at_once(
        lambda: board.answer(sign_outcome, union=0), lambda: board.answer(sign_outcome, union=1)
    )
    assert raised == []
    assert board.outcome.state is OutcomeState.CLOSED
    assert board.kinds().count("outcome.closed") == 1


def test_of_an_answer_and_the_deadline_one_comes_first(committed: Database) -> None:
    """The delegate's transaction began on the last day; the sweep begins on the day after."""
    board = open_board(committed)
    board.due(clock.today())
    raised = at_once(lambda: board.answer(sign_outcome), lambda: end_tomorrow(board))
    (first, second) = (party.answer for party in board.outcome.parties)
    assert second is Answer.SILENT
    assert board.outcome.closed_by is ClosedBy.DEADLINE
    if first is Answer.SIGNED:
        assert raised == []
        assert "outcome.signed" in board.kinds()
    else:
        assert (first, raised) == (Answer.SILENT, [Conflict.__name__])
        assert "outcome.signed" not in board.kinds()


def test_of_the_chair_and_the_deadline_one_closes(committed: Database) -> None:
    board = open_board(committed)
    board.due(clock.today())
    chair = board.make.holder(Role.FACILITATOR, board.outcome.table_id)

    def close() -> None:
        with committed.transaction(chair) as tx:
            close_outcome(tx, outcome_id=board.outcome_id, reason="It is enough.")

    raised = at_once(close, lambda: end_tomorrow(board))
    assert board.kinds().count("outcome.closed") == 1
    by_chair = board.outcome.closed_by is ClosedBy.CHAIR
    assert raised == ([] if by_chair else [Conflict.__name__])


def test_two_leaders_at_once_record_silence_once(committed: Database) -> None:
    board = open_board(committed)
    board.overdue()
    sweep = sign_off_sweep(committed)
    assert at_once(sweep.turn, sweep.turn) == []
    assert board.kinds().count("outcome.silence_recorded") == 2
    assert board.kinds().count("outcome.closed") == 1


def test_killed_after_the_first_outcome_the_next_leader_goes_on(
    committed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = open_board(committed)
    other = Board(board.make, board.make.outcome("Another.").id, board.unions, board.delegates)
    for one in (board, other):
        one.overdue()
    sweep, done = sign_off_sweep(committed), []

    def killed(tx: Transaction, *, outcome_id: int) -> bool:
        end_sign_off(tx, outcome_id=outcome_id)
        if done:
            raise KeyboardInterrupt
        done.append(outcome_id)
        return True

    with monkeypatch.context() as patch:
        patch.setattr(sweeps, "end_sign_off", killed)
        with pytest.raises(KeyboardInterrupt):
            sweep.turn()
    assert other.kinds() == ["outcome.opened"]
    sweep.turn()
    for one in (board, other):
        assert one.kinds().count("outcome.closed") == 1


def end_tomorrow(board: Board) -> None:
    """What the sweep does on the next day."""
    tomorrow = clock.now() + timedelta(days=1)
    with (
        board.make.database.transaction(SYSTEM) as tx,
        tx.acting_as(SYSTEM, at=tomorrow),
    ):
        end_sign_off(tx, outcome_id=board.outcome_id)
