"""REST: the votes of the room, and the receipts of secret polls."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from consultazione.sittings.api import TOKEN, blueprint
from consultazione.sittings.commands import count_in_room
from consultazione.sittings.polling.receipts import own_receipt, receipts_of
from consultazione.sittings.schemas import ReceiptOut, ReceiptsOut, RoomVotesSchema
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import actor, snapshot, transaction


@blueprint.route("/polls/<int:poll_id>/room-votes")
class RoomVotes(MethodView):
    """The votes that are counted in the room."""

    @blueprint.doc(security=TOKEN)
    @blueprint.arguments(RoomVotesSchema)
    @blueprint.response(204)
    @blueprint.alt_response(403, description="Only who presides enters them.")
    @blueprint.alt_response(404, description="There is no such poll.")
    @blueprint.alt_response(409, description="The poll is closed.")
    @limiter.limit(WRITING)
    def put(self, values: dict[str, Any], poll_id: int) -> None:
        """Enter how many in the room made a choice, in place of what was entered for it."""
        with transaction() as tx:
            count_in_room(tx, poll_id=poll_id, **values)


@blueprint.route("/polls/<int:poll_id>/receipt")
class OwnReceipt(MethodView):
    """One's own receipt in a secret poll."""

    @blueprint.doc(security=TOKEN)
    @blueprint.response(200, ReceiptOut)
    @blueprint.alt_response(404, description="No sealed ballot, or the poll is closed.")
    def get(self, poll_id: int) -> dict[str, str]:
        """The receipt, while the poll is open."""
        with transaction() as tx:
            person_id = actor().person_id
            found = own_receipt(tx.session, tx.secret, poll_id=poll_id, person_id=person_id)
            return {"receipt": found}


@blueprint.route("/polls/<int:poll_id>/receipts")
class Receipts(MethodView):
    """The receipts of a closed secret poll."""

    @blueprint.response(200, ReceiptsOut)
    @blueprint.alt_response(404, description="There is no such poll.")
    def get(self, poll_id: int) -> dict[str, list[str]]:
        """The SHA-256 digests of all receipts, sorted: one for each ballot in the box."""
        return {"receipts": receipts_of(snapshot(), poll_id)}


__all__ = ["blueprint"]
