"""Two delegates of one union answer at the same time, in separate transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from consultazione import models
from consultazione.core.db import Database
from consultazione.core.errors import Conflict
from consultazione.outcomes.commands.answering import decline_outcome, sign_outcome
from consultazione.outcomes.models import Answer, OutcomeState
from tests.support.final_commits import final_commits
from tests.support.signoff_board import Board, open_board

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
