"""REST: what is done in the room of a sitting; the same commands as over Socket.IO.

Every one is harmless when it is sent again with the same content.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.views import MethodView

from consultazione.sittings import commands
from consultazione.sittings.api import TOKEN
from consultazione.sittings.models import Poll
from consultazione.sittings.polling.api import blueprint
from consultazione.sittings.polling.schemas import QuestionSchema
from consultazione.sittings.schemas import BallotSchema, IdOut
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import transaction


def act_on(path: str, command: Callable[..., Any], summary: str) -> None:
    """Offer a command that needs nothing but the id in its path."""

    class Act(MethodView):
        @blueprint.doc(security=TOKEN, summary=summary)
        @blueprint.response(204)
        @blueprint.alt_response(403, description="No token, or not for this person.")
        @blueprint.alt_response(404, description="There is no such thing.")
        @blueprint.alt_response(409, description="The present state does not admit it.")
        @limiter.limit(WRITING)
        def post(self, **ids: int) -> None:
            with transaction() as tx:
                command(tx, **ids)

    blueprint.route(path, endpoint=command.__name__)(Act)


act_on("/sittings/<int:sitting_id>/open", commands.open_sitting, "Open a sitting and preside.")
act_on("/sittings/<int:sitting_id>/verify-quorum", commands.verify_quorum, "Ascertain the quorum.")
act_on("/sittings/<int:sitting_id>/close", commands.close_sitting, "Close a sitting.")
act_on("/sittings/<int:sitting_id>/enter", commands.enter_sitting, "Come into a sitting.")
act_on("/sittings/<int:sitting_id>/leave", commands.leave_sitting, "Leave a sitting.")
act_on("/sittings/<int:sitting_id>/hands", commands.raise_hand, "Ask for the floor.")
act_on("/points/<int:point_id>/start", commands.start_point, "Come to a point of the agenda.")
act_on("/points/<int:point_id>/close", commands.close_point, "Be done with a point.")
act_on("/hands/<int:hand_id>/withdraw", commands.withdraw_hand, "No longer ask for the floor.")
act_on("/hands/<int:hand_id>/give-floor", commands.give_floor, "Give the floor.")
act_on("/hands/<int:hand_id>/end-floor", commands.end_floor, "End the floor.")
act_on("/polls/<int:poll_id>/close", commands.close_poll, "Close a poll and count it.")


@blueprint.route("/sittings/<int:sitting_id>/polls")
class Polls(MethodView):
    """The polls of a sitting."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(QuestionSchema)
    @blueprint.response(201, IdOut)
    @blueprint.alt_response(403, description="Only who presides asks.")
    @blueprint.alt_response(404, description="There is no such sitting.")
    @blueprint.alt_response(409, description="Not open, or another poll is open in it.")
    @limiter.limit(WRITING)
    def post(self, values: dict[str, Any], sitting_id: int) -> Poll:
        """Put a question to those present."""
        with transaction() as tx:
            return commands.open_poll(tx, sitting_id=sitting_id, **values)


@blueprint.route("/polls/<int:poll_id>/ballot")
class OwnBallot(MethodView):
    """One's own ballot in a poll."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(BallotSchema)
    @blueprint.response(204)
    @blueprint.alt_response(403, description="No token.")
    @blueprint.alt_response(404, description="There is no such poll.")
    @blueprint.alt_response(409, description="Closed, or one is not in the sitting.")
    @limiter.limit(WRITING)
    def put(self, values: dict[str, Any], poll_id: int) -> None:
        """Vote, or change one's vote while the poll is open."""
        with transaction() as tx:
            commands.cast_ballot(tx, poll_id=poll_id, **values)


__all__ = ["blueprint"]
