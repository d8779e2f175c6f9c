"""REST: written questions."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions.commands.questions import (
    answer_question,
    ask_question,
    hide_question,
    merge_question,
    show_question,
)
from consultazione.sittings.questions.commands.upvotes import upvote_question, withdraw_upvote
from consultazione.sittings.questions.queries import shown_questions
from consultazione.sittings.questions.schemas import (
    AnswerSchema,
    AskedSchema,
    IntoSchema,
    QuestionArgs,
    QuestionOut,
)
from consultazione.sittings.questions.types import QuestionSnapshot
from consultazione.sittings.rest import offer_create, offer_post, offer_put
from consultazione.sittings.schemas import ReasonSchema
from consultazione.web.paging import Paging
from consultazione.web.request_db import snapshot


@rest.route("/sittings/<int:sitting_id>/questions", endpoint="shown_questions")
class ShownQuestions(MethodView):
    """The written questions of a sitting that are shown."""

    @rest.arguments(QuestionArgs, location="query")
    @rest.response(200, QuestionOut(many=True))
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, args: Paging, sitting_id: int) -> list[QuestionSnapshot]:
        """The questions that everybody sees, in the order of being asked, after an id."""
        return shown_questions(snapshot(), get_sitting(snapshot(), sitting_id).id, **args)


_QUESTION = "/questions/<int:question_id>"
offer_create("/sittings/<int:sitting_id>/questions", ask_question, AskedSchema, "Ask in writing.")
offer_post(f"{_QUESTION}/show", show_question, "Show a question to everybody.")
offer_post(f"{_QUESTION}/upvote", upvote_question, "Wish for an answer too.")
offer_post(f"{_QUESTION}/downvote", withdraw_upvote, "Take a wish for an answer back.")
offer_put(f"{_QUESTION}/hidden", hide_question, ReasonSchema, "Do not show a question.")
offer_put(f"{_QUESTION}/merged", merge_question, IntoSchema, "Merge a question into another.")
offer_put(f"{_QUESTION}/answer", answer_question, AnswerSchema, "Answer a question.")
