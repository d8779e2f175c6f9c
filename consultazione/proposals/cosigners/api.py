"""REST: who signs a proposal together with its author."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.proposals.blueprint import rest
from consultazione.proposals.cosigners.commands import (
    decline_to_sign,
    invite_cosigner,
    sign_with_author,
    withdraw_cosigning,
)
from consultazione.proposals.cosigners.models import ProposalCosigner
from consultazione.proposals.cosigners.queries import get_cosigner, signers_of
from consultazione.proposals.cosigners.schemas import CosignerOut, Invitation, InvitationSchema
from consultazione.proposals.queries import get_proposal
from consultazione.web.request_db import renew_snapshot, snapshot, transaction

_NONE = "There is no such invitation."
_NOT_INVITED = "No token, or somebody else's invitation."
_ANSWERED = "Answered already, or the proposal is not discussed any more."


@rest.route("/proposals/<int:proposal_id>/cosigners")
class Cosigners(MethodView):
    """Who has signed a proposal with its author."""

    @rest.response(200, CosignerOut(many=True))
    @rest.alt_response(404, description="There is no such proposal.")
    def get(self, proposal_id: int) -> list[ProposalCosigner]:
        """Those who have signed; invitations without an answer are nobody else's."""
        return signers_of(snapshot(), get_proposal(snapshot(), proposal_id).id)

    @rest.writes(
        None,
        status=204,
        body=InvitationSchema,
        refusals={
            403: "No token, or somebody else's proposal.",
            404: "There is no such proposal.",
            409: "Not discussed any more.",
        },
    )
    def post(self, values: Invitation, proposal_id: int) -> None:
        """Invite a person or an organisation to sign; the answer is the same for any address."""
        with transaction() as tx:
            invite_cosigner(tx, proposal_id=proposal_id, **values)


@rest.route("/cosigners/<int:cosigner_id>/signature")
class Signature(MethodView):
    """That somebody who is invited signs; they take it back by deleting it."""

    @rest.writes(CosignerOut, status=200, refusals={403: _NOT_INVITED, 404: _NONE, 409: _ANSWERED})
    def put(self, cosigner_id: int) -> ProposalCosigner:
        """Sign the proposal together with its author."""
        with transaction() as tx:
            sign_with_author(tx, cosigner_id=cosigner_id)
        return get_cosigner(renew_snapshot(), cosigner_id)

    @rest.writes(None, status=204, refusals={403: _NOT_INVITED, 404: _NONE, 409: "Admitted."})
    def delete(self, cosigner_id: int) -> None:
        """Take the signature back, until the table admits the text."""
        with transaction() as tx:
            withdraw_cosigning(tx, cosigner_id=cosigner_id)


@rest.route("/cosigners/<int:cosigner_id>/refusal")
class Refusal(MethodView):
    """That somebody who is invited does not sign."""

    @rest.writes(CosignerOut, status=200, refusals={403: _NOT_INVITED, 404: _NONE, 409: _ANSWERED})
    def put(self, cosigner_id: int) -> ProposalCosigner:
        """Decline the invitation."""
        with transaction() as tx:
            decline_to_sign(tx, cosigner_id=cosigner_id)
        return get_cosigner(renew_snapshot(), cosigner_id)
