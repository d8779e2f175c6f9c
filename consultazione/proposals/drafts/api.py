"""REST: the drafts of the person's own proposals."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.core.permissions import acting_person
from consultazione.proposals.blueprint import rest
from consultazione.proposals.drafts.commands import (
    begin_proposal_draft,
    delete_proposal_draft,
    save_proposal_draft,
)
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.proposals.drafts.queries import own_draft, own_drafts
from consultazione.proposals.drafts.schemas import (
    DraftAnswers,
    DraftSchema,
    ProposalDraftOut,
    answers_of,
)
from consultazione.web.api import TOKEN
from consultazione.web.current_zone import current_cycle
from consultazione.web.request_db import actor, renew_snapshot, snapshot, transaction

_NO_DRAFT = "The person has no such draft."
_NO_TOKEN = "No token."


@rest.route("/proposal-drafts")
class ProposalDrafts(MethodView):
    """The person's drafts; nobody else reads them."""

    @rest.doc(security=TOKEN)
    @rest.response(200, ProposalDraftOut(many=True))
    @rest.alt_response(403, description=_NO_TOKEN)
    def get(self) -> list[ProposalDraft]:
        """The person's drafts of all zones, the last saved first."""
        return own_drafts(snapshot(), acting_person(actor()))

    @rest.writes(
        ProposalDraftOut,
        body=DraftSchema,
        refusals={403: _NO_TOKEN, 409: "The person has too many drafts."},
    )
    @rest.takes_place
    def post(self, values: DraftAnswers) -> ProposalDraft:
        """Keep the beginning of a proposal, whole or not."""
        cycle_id = current_cycle().id
        with transaction() as tx:
            draft = begin_proposal_draft(tx, cycle_id=cycle_id, answers=answers_of(values))
        return own_draft(renew_snapshot(), draft.id, acting_person(actor()))


@rest.route("/proposal-drafts/<int:proposal_draft_id>")
class ProposalDraftResource(MethodView):
    """One draft; it is saved under the ETag that was read, so that no device overwrites another."""

    @rest.etag
    @rest.doc(security=TOKEN)
    @rest.response(200, ProposalDraftOut)
    @rest.alt_response(403, description=_NO_TOKEN)
    @rest.alt_response(404, description=_NO_DRAFT)
    def get(self, proposal_draft_id: int) -> ProposalDraft:
        """A draft by its id."""
        return own_draft(snapshot(), proposal_draft_id, acting_person(actor()))

    @rest.etag
    @rest.writes(
        ProposalDraftOut,
        status=200,
        body=DraftSchema,
        refusals={
            403: _NO_TOKEN,
            404: _NO_DRAFT,
            409: "Saved from elsewhere at the same moment.",
            412: "The draft was saved since it was read under the ETag of `If-Match`.",
            428: "Name in `If-Match` the ETag under which the draft was read.",
        },
    )
    def put(self, values: DraftAnswers, proposal_draft_id: int) -> ProposalDraft:
        """Keep what the draft says now."""
        read = own_draft(snapshot(), proposal_draft_id, acting_person(actor()))
        rest.check_etag(read, ProposalDraftOut)
        with transaction() as tx:
            save_proposal_draft(
                tx,
                proposal_draft_id=proposal_draft_id,
                version=read.version,
                answers=answers_of(values),
            )
        return own_draft(renew_snapshot(), proposal_draft_id, acting_person(actor()))

    @rest.writes(None, status=204, refusals={403: _NO_TOKEN, 404: _NO_DRAFT})
    def delete(self, proposal_draft_id: int) -> None:
        """Throw the draft away."""
        with transaction() as tx:
            delete_proposal_draft(tx, proposal_draft_id=proposal_draft_id)
