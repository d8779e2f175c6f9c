"""REST: written questions; the same commands as over Socket.IO."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.views import MethodView
from marshmallow import Schema

from consultazione.sittings import commands
from consultazione.sittings.api import TOKEN, blueprint
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions.queries import shown_questions
from consultazione.sittings.questions.schemas import (
    AnswerSchema,
    AskedSchema,
    IntoSchema,
    QuestionOut,
    ReasonSchema,
)
from consultazione.sittings.room_api import act_on
from consultazione.sittings.schemas import IdOut
from consultazione.sittings.speakers.api import put
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import snapshot, transaction


def make(path: str, command: Callable[..., Any], schema: type[Schema], summary: str) -> None:
    """Offer a command that makes something in what the path names; harmless when sent twice."""

    class Make(MethodView):
        @blueprint.doc(security=TOKEN, summary=summary)
        @blueprint.arguments(schema)
        @blueprint.response(201, IdOut)
        @blueprint.alt_response(403, description="No token, or not for this person.")
        @blueprint.alt_response(404, description="There is no such thing.")
        @blueprint.alt_response(409, description="The present state does not admit it.")
        @limiter.limit(WRITING)
        def post(self, values: dict[str, Any], **ids: int) -> Any:
            with transaction() as tx:
                return command(tx, **ids, **values)

    blueprint.route(path, endpoint=f"make_{command.__name__}")(Make)


@blueprint.route("/sittings/<int:sitting_id>/questions", endpoint="shown_questions")
class ShownQuestions(MethodView):
    """The written questions of a sitting that are shown."""

    @blueprint.response(200, QuestionOut(many=True))
    @blueprint.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> list[dict[str, Any]]:
        """The questions that everybody sees, in the order of being asked."""
        return shown_questions(snapshot(), get_sitting(snapshot(), sitting_id).id)


_QUESTION = "/questions/<int:question_id>"
make("/sittings/<int:sitting_id>/questions", commands.ask_question, AskedSchema, "Ask in writing.")
act_on(f"{_QUESTION}/show", commands.show_question, "Show a question to everybody.")
act_on(f"{_QUESTION}/upvote", commands.upvote_question, "Wish for an answer too.")
act_on(f"{_QUESTION}/downvote", commands.withdraw_upvote, "Take a wish for an answer back.")
put(f"{_QUESTION}/hidden", commands.hide_question, ReasonSchema, "Do not show a question.")
put(f"{_QUESTION}/merged", commands.merge_question, IntoSchema, "Merge a question into another.")
put(f"{_QUESTION}/answer", commands.answer_question, AnswerSchema, "Answer a question.")

__all__ = ["blueprint", "make"]
