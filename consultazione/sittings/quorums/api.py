"""REST: the quorum of a sitting."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.models import Sitting
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.sittings.quorums.commands import set_quorum, verify_quorum
from consultazione.sittings.quorums.schemas import QuorumSchema
from consultazione.sittings.rest import offer_post, writes
from consultazione.sittings.schemas import SittingOut
from consultazione.web.request_db import transaction


@rest.route("/sittings/<int:sitting_id>/quorum")
class Quorum(MethodView):
    """How many must be there for a sitting to decide."""

    @writes(
        SittingOut,
        status=200,
        body=QuorumSchema,
        refusals={
            403: "Only who convenes sittings sets their quorum.",
            404: "There is no such sitting.",
            409: "The sitting has been opened.",
        },
    )
    def put(self, quorum: QuorumTerms, sitting_id: int) -> Sitting:
        """Set the quorum, in place of the one before."""
        with transaction() as tx:
            return set_quorum(tx, sitting_id=sitting_id, quorum=quorum)


offer_post("/sittings/<int:sitting_id>/verify-quorum", verify_quorum, "Ascertain the quorum.")
