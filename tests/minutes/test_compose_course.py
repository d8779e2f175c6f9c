"""Breaks, written questions and kinds of speeches in the facts of minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consultazione.core.canonical import sha256_of
from consultazione.core.events import Event, FreeText
from consultazione.minutes.compose.document import compose
from consultazione.minutes.compose.types import MinutesFacts
from consultazione.people.models import Category
from consultazione.sittings.agenda.events import AgendaReordered
from consultazione.sittings.breaks.events import PointSuspended, SittingResumed, SittingSuspended
from consultazione.sittings.events import PointClosed, PointStarted
from consultazione.sittings.floor.events import FloorEnded, FloorGiven
from consultazione.sittings.floor.models import HandKind
from consultazione.sittings.questions.events import (
    QuestionAnswered,
    QuestionAsked,
    QuestionHidden,
    QuestionMerged,
    QuestionShown,
    QuestionUpvoted,
    UpvoteWithdrawn,
    questions_stream,
)
from tests.support.minutes_story import (
    ANNA,
    BRUNO,
    FACILITATOR,
    SITS,
    SITTING,
    STORY,
    Told,
    facts,
    hand,
)
from tests.support.typed_json import assert_typed

ASKS = questions_stream(SITTING)
# The digest of the facts of the story: equal entries give equal bytes. What was composed stays as
# it is stored; since open votes are told by name, a new draft of the story tells the names too.
STORY_SHA256 = "993e6eb9b1828039673edb703772870dbac35ff33d387bf2a2e70a1f2f2829d0"


def composed(*more: Told) -> dict[str, Any]:
    """The minutes of the story with more that happened before its end."""
    found = compose(facts([*STORY[:-1], *more, STORY[-1]]))
    assert_typed(found, MinutesFacts)
    return found


def asked(question_id: int, person_id: int, body: str, point_id: int | None = 31) -> Event:
    """Somebody asks in writing."""
    return QuestionAsked(
        question_id=question_id,
        point_id=point_id,
        person_id=person_id,
        mandate_id=None,
        category=Category.CITIZEN,
        body=FreeText(body),
    )


def answered(question_id: int, person_id: int, point_id: int, answer: str | None) -> Event:
    """A question is answered on a point."""
    return QuestionAnswered(
        question_id=question_id,
        point_id=point_id,
        person_id=person_id,
        upvotes=0,
        body=FreeText("How many?"),
        answer=None if answer is None else FreeText(answer),
    )


def test_old_entries_compose_to_the_same_bytes() -> None:
    assert sha256_of(composed()) == STORY_SHA256


def test_a_break_is_told_and_does_not_count_as_discussion() -> None:
    suspended = SittingSuspended(
        sitting_id=SITTING, point_id=32, spent=300, reason=FreeText("Pausa")
    )
    found = composed(
        (31, SITS, FACILITATOR, PointStarted(point_id=32)),
        (36, SITS, FACILITATOR, suspended),
        (46, SITS, FACILITATOR, SittingResumed(sitting_id=SITTING, point_id=32)),
        (48, SITS, FACILITATOR, PointSuspended(point_id=32, spent=420)),
        (50, SITS, FACILITATOR, PointStarted(point_id=32)),
        (51, SITS, FACILITATOR, PointClosed(point_id=32)),
    )
    (one,) = found["breaks"]
    assert (one["from"]["time"], one["to"]["time"], one["reason"]) == ("17:36", "17:46", "Pausa")
    second = found["agenda"][1]
    assert (second["started"]["time"], second["ended"]["time"]) == ("17:31", "17:51")
    assert second["duration"]["text"] == "8 minuti"


def test_a_break_that_never_ended_lasts_until_the_closing() -> None:
    suspended = SittingSuspended(sitting_id=SITTING, point_id=None, spent=None, reason=FreeText(""))
    (one,) = composed((60, SITS, FACILITATOR, suspended))["breaks"]
    assert (one["to"]["time"], one["reason"]) == ("18:05", "[testo rimosso]")


def test_the_agenda_stands_as_it_was_put_in_order() -> None:
    found = composed((7.5, SITS, FACILITATOR, AgendaReordered(point_ids=[32, 31])))
    assert [(p["id"], p["rank"]) for p in found["agenda"]] == [(32, 1), (31, 2)]


def test_shown_questions_stand_where_they_were_answered() -> None:
    found = composed(
        (31, ASKS, ANNA, asked(71, ANNA, "How many?")),
        (31, ASKS, BRUNO, asked(72, BRUNO, "Hidden?")),
        (31, ASKS, BRUNO, asked(73, BRUNO, "Unanswered?")),
        (32, ASKS, FACILITATOR, QuestionShown(question_id=71)),
        (32, ASKS, FACILITATOR, QuestionShown(question_id=72)),
        (32, ASKS, FACILITATOR, QuestionShown(question_id=73)),
        (33, ASKS, BRUNO, QuestionUpvoted(question_id=71, person_id=BRUNO)),
        (34, ASKS, FACILITATOR, QuestionHidden(question_id=72, reason=FreeText("A name"))),
        (35, SITS, FACILITATOR, answered(71, ANNA, 32, "Forty.")),
    )
    first, second = found["agenda"]
    assert [row["body"] for row in first["questions"]] == ["Unanswered?"]
    assert first["questions"][0]["entry"] is None
    (row,) = second["questions"]
    assert (row["person"], row["upvotes"], row["answer"]) == ("Anna Rossi", 1, "Forty.")
    assert "Hidden?" not in str(found)


def test_a_merged_question_hands_its_wishes_over() -> None:
    found = composed(
        (31, ASKS, ANNA, asked(71, ANNA, "How many?")),
        (31, ASKS, BRUNO, asked(72, BRUNO, "How many beds?")),
        (32, ASKS, FACILITATOR, QuestionShown(question_id=71)),
        (33, ASKS, FACILITATOR, QuestionUpvoted(question_id=71, person_id=FACILITATOR)),
        (34, ASKS, FACILITATOR, UpvoteWithdrawn(question_id=71, person_id=FACILITATOR)),
        (35, ASKS, FACILITATOR, QuestionMerged(question_id=72, into=71)),
        (36, SITS, FACILITATOR, answered(71, ANNA, 31, None)),
    )
    (row,) = found["agenda"][0]["questions"]
    assert (row["upvotes"], row["answer"]) == (1, None)
    assert row["entry"] is not None


def test_a_point_of_order_and_a_reply_are_called_so() -> None:
    raised = replace(hand(63, BRUNO, 31), hand_kind=HandKind.POINT_OF_ORDER)
    reply = replace(hand(64, ANNA, 31), hand_kind=HandKind.REPLY, reply_to=63)
    found = composed(
        (26, SITS, BRUNO, raised),
        (26, SITS, FACILITATOR, FloorGiven(hand_id=63, point_id=31)),
        (27, SITS, ANNA, reply),
        (27, SITS, BRUNO, FloorEnded(hand_id=63)),
        (28, SITS, FACILITATOR, FloorGiven(hand_id=64, point_id=31)),
        (29, SITS, ANNA, FloorEnded(hand_id=64)),
    )
    named = [row.get("speaks_on") for row in found["agenda"][0]["speeches"]]
    assert named == [None, None, "mozione d’ordine", "replica"]
    assert "speaks_on" not in found["agenda"][0]["speeches"][0]
