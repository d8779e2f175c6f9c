"""REST: the list of speakers, breaks and the video; the same commands as over Socket.IO."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.views import MethodView
from marshmallow import Schema

from consultazione.sittings import commands
from consultazione.sittings.api import TOKEN, blueprint
from consultazione.sittings.room_api import act_on
from consultazione.sittings.speakers.schemas import (
    ExtensionSchema,
    HandSchema,
    LimitSchema,
    OrderSchema,
    PlaceSchema,
    SuspensionSchema,
)
from consultazione.sittings.video.schemas import VideoSchema
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import transaction


def put(path: str, command: Callable[..., Any], schema: type[Schema], summary: str) -> None:
    """Offer a command that takes the id in its path and a body; harmless when sent twice."""

    class Put(MethodView):
        @blueprint.doc(security=TOKEN, summary=summary)
        @blueprint.arguments(schema)
        @blueprint.response(204)
        @blueprint.alt_response(403, description="No token, or not for this person.")
        @blueprint.alt_response(404, description="There is no such thing.")
        @blueprint.alt_response(409, description="The present state does not admit it.")
        @limiter.limit(WRITING)
        def put(self, values: dict[str, Any], **ids: int) -> None:
            with transaction() as tx:
                command(tx, **ids, **values)

    blueprint.route(path, endpoint=f"put_{command.__name__}")(Put)


put("/sittings/<int:sitting_id>/hand", commands.raise_hand, HandSchema, "Ask for the floor.")
put(
    "/sittings/<int:sitting_id>/speaking-order",
    commands.choose_order,
    OrderSchema,
    "Choose how hands are put in order.",
)
put(
    "/sittings/<int:sitting_id>/speaking-time",
    commands.limit_time,
    LimitSchema,
    "Say how long each may speak.",
)
put("/hands/<int:hand_id>/place", commands.move_hand, PlaceSchema, "Put a hand before another.")
put("/hands/<int:hand_id>/time", commands.extend_floor, ExtensionSchema, "Give more time.")
put(
    "/sittings/<int:sitting_id>/suspension",
    commands.suspend_sitting,
    SuspensionSchema,
    "Suspend a sitting.",
)
put("/points/<int:point_id>/place", commands.move_point, PlaceSchema, "Put a point before another.")
put(
    "/sittings/<int:sitting_id>/video",
    commands.set_video,
    VideoSchema,
    "Say where a sitting can be seen.",
)
act_on("/sittings/<int:sitting_id>/resume", commands.resume_sitting, "Resume a sitting.")
act_on("/points/<int:point_id>/suspend", commands.suspend_point, "Put the point at hand aside.")

__all__ = ["blueprint"]
