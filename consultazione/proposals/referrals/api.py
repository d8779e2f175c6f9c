"""REST: the body that a proposal was forwarded to."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.proposals.blueprint import rest
from consultazione.proposals.queries import get_proposal
from consultazione.proposals.referrals.models import ProposalReferral
from consultazione.proposals.referrals.queries import get_referral
from consultazione.proposals.referrals.schemas import ReferralOut
from consultazione.web.request_db import snapshot


@rest.route("/proposals/<int:proposal_id>/referral")
class Referral(MethodView):
    """Where a proposal was forwarded to."""

    @rest.response(200, ReferralOut)
    @rest.alt_response(404, description="There is no such proposal, or it was not forwarded.")
    def get(self, proposal_id: int) -> ProposalReferral:
        """The body, the reason, and what the body replied."""
        return get_referral(snapshot(), get_proposal(snapshot(), proposal_id).id)
