"""REST: amendments to proposals, and what their authors answer."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.proposals.amendments.commands import (
    accept_amendment,
    propose_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from consultazione.proposals.amendments.models import ProposalAmendment
from consultazione.proposals.amendments.queries import amendments_of, get_amendment
from consultazione.proposals.amendments.schemas import (
    AmendmentOut,
    AmendmentSchema,
    NewAmendment,
    RefuseAmendmentSchema,
    RefusedAmendment,
    VersionRead,
    VersionReadSchema,
)
from consultazione.proposals.blueprint import rest
from consultazione.proposals.queries import get_proposal
from consultazione.web.request_db import renew_snapshot, snapshot, transaction

_NONE = "There is no such amendment."
_ANSWERED = "Answered already, or the text may not be changed any more."


@rest.route("/proposals/<int:proposal_id>/amendments")
class Amendments(MethodView):
    """The amendments of a proposal."""

    @rest.response(200, AmendmentOut(many=True))
    @rest.alt_response(404, description="There is no such proposal, or it is hidden.")
    def get(self, proposal_id: int) -> list[ProposalAmendment]:
        """Those that wait first, then the newest."""
        return amendments_of(snapshot(), get_proposal(snapshot(), proposal_id).id)

    @rest.writes(
        AmendmentOut,
        body=AmendmentSchema,
        refusals={
            403: "No token.",
            404: "There is no such proposal.",
            409: "One's own, not discussed any more, or the paragraph does not stand there.",
        },
    )
    def post(self, values: NewAmendment, proposal_id: int) -> ProposalAmendment:
        """Propose other words for a paragraph of the proposal."""
        with transaction() as tx:
            amendment = propose_amendment(tx, proposal_id=proposal_id, **values)
        return get_amendment(renew_snapshot(), amendment.id)


@rest.route("/amendments/<int:amendment_id>/acceptance")
class Acceptance(MethodView):
    """That the author takes an amendment over."""

    @rest.writes(
        AmendmentOut,
        status=200,
        body=VersionReadSchema,
        refusals={403: "No token, or somebody else's proposal.", 404: _NONE, 409: _ANSWERED},
    )
    def put(self, values: VersionRead, amendment_id: int) -> ProposalAmendment:
        """Take it over word for word, as a new version of the proposal."""
        with transaction() as tx:
            accept_amendment(tx, amendment_id=amendment_id, version=values["version"])
        return get_amendment(renew_snapshot(), amendment_id)


@rest.route("/amendments/<int:amendment_id>/refusal")
class Refusal(MethodView):
    """That the author leaves the text as it is."""

    @rest.writes(
        AmendmentOut,
        status=200,
        body=RefuseAmendmentSchema,
        refusals={403: "No token, or somebody else's proposal.", 404: _NONE, 409: _ANSWERED},
    )
    def put(self, values: RefusedAmendment, amendment_id: int) -> ProposalAmendment:
        """Refuse it, for a reason that everybody can read."""
        with transaction() as tx:
            refuse_amendment(tx, amendment_id=amendment_id, reason=values["reason"])
        return get_amendment(renew_snapshot(), amendment_id)


@rest.route("/amendments/<int:amendment_id>/withdrawal")
class Withdrawal(MethodView):
    """That whoever proposed an amendment takes it back."""

    @rest.writes(
        AmendmentOut,
        status=200,
        refusals={403: "No token, or somebody else's.", 404: _NONE, 409: _ANSWERED},
    )
    def put(self, amendment_id: int) -> ProposalAmendment:
        """Take it back."""
        with transaction() as tx:
            withdraw_amendment(tx, amendment_id=amendment_id)
        return get_amendment(renew_snapshot(), amendment_id)
