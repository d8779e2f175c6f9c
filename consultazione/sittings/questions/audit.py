"""What written questions and their upvotes must say by the log."""

from __future__ import annotations

from sqlalchemy import select

from consultazione.core.audit import (
    AT,
    OF_STREAM,
    Audit,
    Folded,
    Is,
    Past,
    adds,
    does,
    drops,
    register,
    sets,
)
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.questions.models import Question, QuestionState, Upvote

_QUESTION = {"id": "question_id"}
QUESTION = Audit(
    Question,
    adds(
        "question.asked",
        **_QUESTION,
        sitting_id=OF_STREAM,
        point_id="point_id",
        person_id="person_id",
        mandate_id="mandate_id",
        category="category",
        body="body",
        state=Is(QuestionState.WAITING),
        reason=Is(None),
        merged_into=Is(None),
        answer=Is(None),
        asked_at=AT,
        answered_at=Is(None),
    ),
    sets("question.shown", **_QUESTION, state=Is(QuestionState.SHOWN), reason=Is(None)),
    sets("question.hidden", **_QUESTION, state=Is(QuestionState.HIDDEN), reason="reason"),
    sets("question.merged", **_QUESTION, state=Is(QuestionState.MERGED), merged_into="into"),
    sets(
        "question.answered",
        **_QUESTION,
        state=Is(QuestionState.ANSWERED),
        answer="answer",
        answered_at=AT,
    ),
    only=Question.sitting_id < EPHEMERAL_FROM,
)


def _asked(rows: Folded, entry: Past) -> None:
    rows.memory[entry.data["question_id"]] = entry.data["person_id"]


def _merged(rows: Folded, entry: Past) -> None:
    """Who asked or upvoted the one upvotes the other from now on, but for who asked that."""
    merged, into = entry.data["question_id"], entry.data["into"]
    voters = {person for _question, person in rows.named(question_id=merged)}
    for person in {*voters, rows.memory.get(merged)} - {rows.memory.get(into)}:
        rows.say((into, person), entry)


_REHEARSED = select(Question.id).where(Question.sitting_id >= EPHEMERAL_FROM)
_VOTE = {"question_id": "question_id", "person_id": "person_id"}
UPVOTE = Audit(
    Upvote,
    does("question.asked", _asked),
    adds("question.upvoted", **_VOTE),
    drops("question.upvote_withdrawn", **_VOTE),
    does("question.merged", _merged),
    only=Upvote.question_id.not_in(_REHEARSED),
)

register("sitting", "questions", audits=(QUESTION, UPVOTE), apart=True)
