"""REST: what a proposal came from, and what it continues in."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.proposals.blueprint import rest
from consultazione.proposals.lineage.models import ProposalLineage
from consultazione.proposals.lineage.queries import origins_of, successors_of
from consultazione.proposals.lineage.schemas import LineageOut
from consultazione.proposals.queries import get_proposal
from consultazione.web.request_db import snapshot


@rest.route("/proposals/<int:proposal_id>/lineage")
class Lineage(MethodView):
    """How a proposal hangs together with others."""

    @rest.response(200, LineageOut(many=True))
    @rest.alt_response(404, description="There is no such proposal.")
    def get(self, proposal_id: int) -> list[ProposalLineage]:
        """What it came from, then what it continues in."""
        session, proposal = snapshot(), get_proposal(snapshot(), proposal_id)
        return [*origins_of(session, proposal.id), *successors_of(session, proposal.id)]
