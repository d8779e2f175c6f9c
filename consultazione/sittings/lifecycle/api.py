"""REST: convening sittings, and taking them from the opening to the closing."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.lifecycle.commands.breaks import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.commands.opening import (
    call_roll,
    close_sitting,
    open_sitting,
)
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.lifecycle.commands.revising import (
    cancel_sitting,
    correct_sitting,
    postpone_sitting,
)
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from consultazione.sittings.lifecycle.schemas import (
    BeginningSchema,
    CancelSchema,
    ClosingSchema,
    CorrectSchema,
    PostponeSchema,
    SecretarySchema,
    SittingSchema,
    SuspensionSchema,
)
from consultazione.sittings.models import Sitting
from consultazione.sittings.rest import offer_post, offer_put, writes
from consultazione.sittings.schemas import SittingOut
from consultazione.web.request_db import transaction


@rest.route("/tables/<int:table_id>/sittings")
class TableSittings(MethodView):
    """The sittings of a table."""

    @writes(
        SittingOut,
        body=SittingSchema,
        refusals={
            403: "Only who runs the table convenes its sittings.",
            404: "There is no such table.",
        },
    )
    def post(self, values: dict[str, Any], table_id: int) -> Sitting:
        """Convene a sitting with its agenda."""
        with transaction() as tx:
            return convene_sitting(tx, table_id=table_id, **values)


_SITTING, _POINT = "/sittings/<int:sitting_id>", "/points/<int:point_id>"

offer_put(f"{_SITTING}/convocation", correct_sitting, CorrectSchema, "Correct a convocation.")
offer_put(f"{_SITTING}/postponement", postpone_sitting, PostponeSchema, "Postpone a sitting.")
offer_put(f"{_SITTING}/cancellation", cancel_sitting, CancelSchema, "Cancel a sitting.")
offer_put(f"{_SITTING}/secretary", name_secretary, SecretarySchema, "Say who writes its minutes.")
offer_post(f"{_SITTING}/roll-call", call_roll, "Call the roll.", BeginningSchema)
offer_post(f"{_SITTING}/open", open_sitting, "Open a sitting and preside.", BeginningSchema)
offer_put(f"{_SITTING}/suspension", suspend_sitting, SuspensionSchema, "Suspend a sitting.")
offer_post(f"{_SITTING}/resume", resume_sitting, "Resume a sitting.")
offer_post(f"{_SITTING}/close", close_sitting, "Close a sitting.", ClosingSchema)
offer_post(f"{_POINT}/start", start_point, "Come to a point of the agenda.")
offer_post(f"{_POINT}/suspend", suspend_point, "Put the point at hand aside.")
offer_post(f"{_POINT}/close", close_point, "Be done with a point.")
