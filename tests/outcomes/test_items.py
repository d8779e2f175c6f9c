"""Answers to single conclusions, and the sentence that says how the unions stand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from consultazione.core import log
from consultazione.core.errors import Invalid
from consultazione.outcomes.answers import (
    Stand,
    answer_to,
    refusals,
    stand_of,
    stands,
    state_of,
    tally,
    told_of,
    told_of_item,
    tone_of,
)
from consultazione.outcomes.commands.answering import (
    Otherwise,
    decline_outcome,
    sign_outcome,
    sign_outcome_with_note,
)
from consultazione.outcomes.models import Answer, ItemAnswer, Party
from tests.support.factories import Factory
from tests.support.signoff_board import Board


def test_a_union_signs_one_conclusion_and_declines_the_other(board: Board) -> None:
    board.answer(sign_outcome, otherwise=[board.declines(2)])
    outcome = board.outcome
    party, (first, second) = outcome.parties[0], outcome.items
    assert [answer_to(party, item.id) for item in (first, second)] == [
        answer_to(Party(answer=Answer.SIGNED, note=None), 0),
        answer_to(Party(answer=Answer.DECLINED, note="Not this one."), 0),
    ]
    assert party.digest == outcome.digest
    assert stands(outcome)[board.unions[0].id] is Stand.IN_PART
    assert refusals(outcome) == {first.id: [], second.id: [board.unions[0].name]}
    assert board.kinds() == ["outcome.opened", "outcome.signed", "outcome.item_answered"]
    with board.make.session() as session:
        assert "Not this one" not in str(session.scalars(select(log.EntryRow.data)).all())


@pytest.mark.parametrize("command", [sign_outcome, sign_outcome_with_note, decline_outcome])
def test_each_answer_to_the_whole_leaves_room_for_others(board: Board, command: Any) -> None:
    words = {sign_outcome_with_note: {"note": "x"}, decline_outcome: {"reason": "x"}}
    item = board.outcome.items[0]
    signs = Otherwise(item_id=item.id, answer=Answer.SIGNED)
    party = board.answer(command, otherwise=[signs], **words.get(command, {}))
    given = answer_to(party, item.id)
    assert given is not None
    assert (given.answer, given.note) == (Answer.SIGNED, None)


def wrong(board: Board) -> dict[str, list[Otherwise]]:
    of_another = board.make.outcome("Another.").items[0].id
    return {
        "without a reason": [board.declines(1, " ")],
        "of another outcome": [Otherwise(item_id=of_another, answer=Answer.SIGNED)],
        "twice": [board.declines(1), board.declines(1)],
        "silent": [Otherwise(item_id=board.outcome.items[0].id, answer=Answer.SILENT, note="x")],
    }


@pytest.mark.parametrize("why", ["without a reason", "of another outcome", "twice", "silent"])
def test_what_is_no_answer_to_a_conclusion_is_refused_whole(board: Board, why: str) -> None:
    otherwise = wrong(board)[why]
    with pytest.raises(Invalid):
        board.answer(sign_outcome, otherwise=otherwise)
    assert board.outcome.parties[0].answer is None


@pytest.mark.parametrize(
    ("whole", "second", "stand"),
    [
        (None, None, Stand.AWAITED),
        (Answer.SILENT, None, Stand.SILENT),
        (Answer.SIGNED, None, Stand.SIGNED),
        (Answer.DECLINED, None, Stand.DECLINED),
        (Answer.SIGNED, Answer.SIGNED_WITH_NOTE, Stand.SIGNED_WITH_NOTE),
        (Answer.SIGNED_WITH_NOTE, Answer.SIGNED, Stand.SIGNED_WITH_NOTE),
        (Answer.SIGNED, Answer.DECLINED, Stand.IN_PART),
        (Answer.DECLINED, Answer.SIGNED, Stand.IN_PART),
        (Answer.DECLINED, Answer.DECLINED, Stand.DECLINED),
    ],
)
def test_how_a_union_stands(whole: Answer | None, second: Answer | None, stand: Stand) -> None:
    own = [ItemAnswer(item_id=2, answer=second, note="x")] if second else []
    assert stand_of(Party(answer=whole, otherwise=own), [1, 2]) is stand


def test_who_answers_each_conclusion_otherwise_stands_as_those_answers_say(board: Board) -> None:
    board.answer(sign_outcome, otherwise=[board.declines(1), board.declines(2)])
    assert stands(board.outcome)[board.unions[0].id] is Stand.DECLINED


def test_the_state_says_who_did_not_sign_and_is_not_green(make: Factory) -> None:
    board = Board.of(make, 4)
    board.answer(sign_outcome)
    assert state_of(board.outcome) == "Sign-off open: 1 signature, 3 answers awaited"
    board.answer(sign_outcome, union=1)
    board.answer(decline_outcome, union=2, reason="No.")
    board.overdue()
    board.ended()
    assert state_of(board.outcome) == "Sign-off over: 2 signatures, 1 refusal, 1 silence"
    assert tone_of(board.outcome) == "warning"
    assert tally(board.outcome) == {
        "signed": 2, "signed_with_note": 0, "in_part": 0, "declined": 1, "silent": 1, "awaited": 0,
    }  # fmt: skip


def test_a_conclusion_is_told_by_itself(board: Board) -> None:
    board.answer(sign_outcome, otherwise=[board.declines(2)])
    board.answer(sign_outcome_with_note, union=1, note="On costs.")
    outcome = board.outcome
    assert told_of(outcome) == "1 signature with a note, 1 signature in part"
    assert [told_of_item(outcome, item.id) for item in outcome.items] == [
        "1 signature, 1 signature with a note",
        "1 signature with a note, 1 refusal",
    ]
    assert tone_of(outcome) == "warning"


def test_only_signatures_of_all_are_green(board: Board) -> None:
    board.answer(sign_outcome)
    assert tone_of(board.outcome) == "info"
    board.answer(sign_outcome_with_note, union=1, note="On costs.")
    assert tone_of(board.outcome) == "success"


def test_silence_alone_is_neither_green_nor_a_refusal(board: Board) -> None:
    board.overdue()
    board.ended()
    assert tone_of(board.outcome) == "neutral"


def test_nobody_asked_is_said_so(make: Factory) -> None:
    outcome = make.outcome()
    assert (state_of(outcome), tone_of(outcome)) == (
        "Sign-off over: no union was asked",
        "neutral",
    )
