"""REST: proposals and their supports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from flask import url_for
from flask.views import MethodView

from consultazione.people.models import Category
from consultazione.proposals.blueprint import rest
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support
from consultazione.proposals.history import files_of, versions_of
from consultazione.proposals.models import Proposal, ProposalFile, ProposalVersion, Support
from consultazione.proposals.queries import get_proposal, proposals_after, supports_by_category
from consultazione.proposals.schemas import (
    ProposalArgs,
    ProposalAtTableSchema,
    ProposalFileOut,
    ProposalOut,
    ProposalText,
    ProposalTextSchema,
    SupportOut,
    SupportsOut,
    VersionOut,
)
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_cycle
from consultazione.web.paging import Page, TablePaging
from consultazione.web.request_db import renew_snapshot, snapshot, transaction

_NO_PROPOSAL = "There is no such proposal."


class _Supports(TypedDict):
    """How many supports, in all and by category."""

    total: int
    by_category: Mapping[Category, int]


@rest.route("/proposals")
class Proposals(MethodView):
    """The proposals of the zone."""

    @rest.arguments(ProposalArgs, location="query")
    @rest.response(200, page_schema(ProposalOut))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: TablePaging) -> Page:
        """The cycle's proposals by id, of one table if it is named."""
        table_id, after, limit = args["table_id"], args["after"], args["limit"]
        cycle_id = current_cycle().id
        rows = proposals_after(
            snapshot(), cycle_id, after=after, limit=limit + 1, table_id=table_id
        )
        return page_of(rows, limit, url_for("proposals_api.Proposals"), table_id=table_id)

    @rest.writes(
        ProposalOut,
        body=ProposalAtTableSchema,
        refusals={
            403: "No token, or a table for the unions only.",
            404: "There is no such table.",
            409: "The table belongs to a past cycle.",
        },
    )
    def post(self, values: dict[str, Any]) -> Proposal:
        """Hand a proposal in, in the name that the person's mandate gives them."""
        with transaction() as tx:
            proposal = submit_proposal(tx, **values)
        return get_proposal(renew_snapshot(), proposal.id)


@rest.route("/proposals/<int:proposal_id>")
class ProposalResource(MethodView):
    """One proposal; its author changes its text under the ETag that they have read."""

    @rest.etag
    @rest.response(200, ProposalOut)
    @rest.alt_response(404, description=_NO_PROPOSAL)
    def get(self, proposal_id: int) -> Proposal:
        """A proposal by its id."""
        return get_proposal(snapshot(), proposal_id)

    @rest.etag
    @rest.writes(
        ProposalOut,
        status=200,
        body=ProposalTextSchema,
        refusals={
            403: "No token, or somebody else's proposal.",
            404: _NO_PROPOSAL,
            409: "Not under discussion any more, concluded on, or of a past cycle.",
            412: "The proposal has changed since it was read under the ETag of `If-Match`.",
            428: "Name in `If-Match` the ETag under which the proposal was read.",
        },
    )
    def put(self, values: ProposalText, proposal_id: int) -> Proposal:
        """Change the text of one's own proposal, for a reason; the text before stays readable."""
        read = get_proposal(snapshot(), proposal_id)
        rest.check_etag(read, ProposalOut)
        with transaction() as tx:
            edit_proposal(tx, proposal_id=proposal_id, version=read.version, **values)
        return get_proposal(renew_snapshot(), proposal_id)


@rest.route("/proposals/<int:proposal_id>/versions")
class Versions(MethodView):
    """What a proposal has said."""

    @rest.response(200, VersionOut(many=True))
    @rest.alt_response(404, description=_NO_PROPOSAL)
    def get(self, proposal_id: int) -> list[ProposalVersion]:
        """Its texts, the newest first."""
        return versions_of(snapshot(), get_proposal(snapshot(), proposal_id).id)


@rest.route("/proposals/<int:proposal_id>/files")
class Files(MethodView):
    """The files that are attached to a proposal."""

    @rest.response(200, ProposalFileOut(many=True))
    @rest.alt_response(404, description=_NO_PROPOSAL)
    def get(self, proposal_id: int) -> list[ProposalFile]:
        """Its files, the oldest first; withdrawn ones too."""
        return files_of(snapshot(), get_proposal(snapshot(), proposal_id).id)


@rest.route("/proposals/<int:proposal_id>/supports")
class Supports(MethodView):
    """The supports of a proposal; the person's own is put and deleted."""

    @rest.response(200, SupportsOut)
    @rest.alt_response(404, description=_NO_PROPOSAL)
    def get(self, proposal_id: int) -> _Supports:
        """How many supports, by category."""
        counts = supports_by_category(snapshot(), get_proposal(snapshot(), proposal_id).id)
        return {"total": sum(counts.values()), "by_category": counts}

    @rest.writes(
        SupportOut,
        status=200,
        refusals={
            403: "No token.",
            404: _NO_PROPOSAL,
            409: "One's own, not under discussion any more, or of a past cycle.",
        },
    )
    def put(self, proposal_id: int) -> Support:
        """Support the proposal; harmless when repeated."""
        with transaction() as tx:
            return support_proposal(tx, proposal_id=proposal_id)

    @rest.writes(None, status=204, refusals={403: "No token.", 404: _NO_PROPOSAL})
    def delete(self, proposal_id: int) -> None:
        """Take the support back; harmless when repeated."""
        with transaction() as tx:
            withdraw_support(tx, proposal_id=proposal_id)
