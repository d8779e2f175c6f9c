"""Written questions: moderated, upvoted, merged, answered live or in writing."""

from __future__ import annotations

from typing import Any

import pytest

from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.sittings.questions.commands.questions import (
    MOST_WAITING,
    answer_question,
    ask_question,
    hide_question,
    merge_question,
    show_question,
)
from consultazione.sittings.questions.commands.upvotes import upvote_question, withdraw_upvote
from consultazione.sittings.questions.models import Question
from consultazione.sittings.questions.queries import moderated_questions, own_questions
from tests.support.meeting import Meeting


def ask(meeting: Meeting, body: str = "How many places?", actor: Any = None) -> int:
    """Ask a question, as Anna by default; return its id."""
    question: Question = meeting.run(
        ask_question, actor or meeting.anna, sitting_id=meeting.sitting.id, body=body
    )
    return question.id


def lead(meeting: Meeting, command: Any, question_id: int, **fields: Any) -> Question:
    """Run a command on a question as the chair."""
    done: Question = meeting.run(command, meeting.facilitator, question_id=question_id, **fields)
    return done


def moves(meeting: Meeting) -> list[str]:
    """Return the kinds of the entries on questions, without their prefix."""
    return [kind.removeprefix("question.") for kind in meeting.kinds(_stream(meeting))]


def _stream(meeting: Meeting) -> str:
    return f"questions:{meeting.sitting.id}"


def test_others_see_a_question_once_it_is_shown(meeting: Meeting) -> None:
    question = ask(meeting)
    assert ask(meeting) == question
    room = meeting.snapshot()
    assert (room["questions"], room["unseen"]) == ([], 1)
    assert "How many places?" not in str(room)
    for _ in range(2):
        lead(meeting, show_question, question)
    (shown,) = meeting.snapshot()["questions"]
    assert (shown["body"], shown["state"], shown["upvotes"]) == ("How many places?", "shown", 0)
    assert meeting.snapshot()["people"][str(meeting.anna.person_id)]["name"]
    assert moves(meeting) == ["asked", "shown"]


def test_a_hidden_question_says_why_to_who_asked(meeting: Meeting) -> None:
    question = ask(meeting)
    for _ in range(2):
        lead(meeting, hide_question, question, reason="It names a person.")
    with meeting.make.session() as session:
        own = own_questions(session, meeting.sitting.id, meeting.anna.person_id)
        other = own_questions(session, meeting.sitting.id, meeting.bruno.person_id)
        (kept,) = moderated_questions(session, meeting.sitting.id)
    assert own["asked"][0]["reason"] == kept["reason"] == "It names a person."
    assert other["asked"] == []
    assert moves(meeting) == ["asked", "hidden"]
    lead(meeting, show_question, question)
    assert meeting.snapshot()["unseen"] == 0


def test_few_questions_of_one_person_wait_at_once(meeting: Meeting) -> None:
    for number in range(MOST_WAITING):
        ask(meeting, f"Question {number}?")
    with pytest.raises(Conflict):
        ask(meeting, "One more?")
    with pytest.raises(Conflict):
        ask(meeting, actor=meeting.make.citizen())


def test_a_question_is_upvoted_once_by_others(meeting: Meeting) -> None:
    question = ask(meeting)
    with pytest.raises(Conflict):
        meeting.run(upvote_question, meeting.bruno, question_id=question)
    lead(meeting, show_question, question)
    with pytest.raises(Conflict):
        meeting.run(upvote_question, meeting.anna, question_id=question)
    for _ in range(2):
        meeting.run(upvote_question, meeting.bruno, question_id=question)
    assert meeting.snapshot()["questions"][0]["upvotes"] == 1
    for _ in range(2):
        meeting.run(withdraw_upvote, meeting.bruno, question_id=question)
    assert meeting.snapshot()["questions"][0]["upvotes"] == 0
    assert moves(meeting)[2:] == ["upvoted", "upvote_withdrawn"]


def test_who_asked_the_same_wishes_for_the_answer(meeting: Meeting) -> None:
    first, same = ask(meeting), ask(meeting, "How many beds?", meeting.bruno)
    with pytest.raises(Conflict):
        lead(meeting, merge_question, same, into=first)
    lead(meeting, show_question, first)
    with pytest.raises(Conflict):
        lead(meeting, merge_question, first, into=first)
    for _ in range(2):
        lead(meeting, merge_question, same, into=first)
    (shown,) = meeting.snapshot()["questions"]
    assert shown["upvotes"] == 1
    assert moves(meeting).count("merged") == 1
    with pytest.raises(Conflict):
        lead(meeting, hide_question, same, reason="Twice")


@pytest.mark.parametrize("answer", [None, "Forty."])
def test_a_question_is_answered_live_or_in_writing(meeting: Meeting, answer: str | None) -> None:
    question = ask(meeting)
    with pytest.raises(Conflict):
        lead(meeting, answer_question, question, answer=answer)
    lead(meeting, show_question, question)
    for _ in range(2):
        lead(meeting, answer_question, question, answer=answer)
    (shown,) = meeting.snapshot()["questions"]
    assert (shown["state"], shown["answer"]) == ("answered", answer)
    entry = meeting.snapshot()["chronicle"][-1]
    assert (entry["kind"], entry["data"]["body"]) == ("question.answered", "How many places?")
    with pytest.raises(Conflict):
        meeting.run(upvote_question, meeting.bruno, question_id=question)


def test_only_who_presides_moderates(meeting: Meeting) -> None:
    question = ask(meeting)
    acts: list[tuple[Any, dict[str, Any]]] = [
        (show_question, {}),
        (hide_question, {"reason": "?"}),
        (merge_question, {"into": question}),
        (answer_question, {"answer": None}),
    ]
    for command, fields in acts:
        with pytest.raises(NotAllowed):
            meeting.run(command, meeting.bruno, question_id=question, **fields)
    with pytest.raises(NotFound):
        lead(meeting, show_question, 10**9)
