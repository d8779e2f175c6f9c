"""REST: the answers of tables to proposals, and the proposals that wait for one."""

from __future__ import annotations

from flask import url_for
from flask.views import MethodView

from consultazione.proposals.answers.models import ProposalAnswer
from consultazione.proposals.answers.queries import get_answer
from consultazione.proposals.answers.schemas import AnswerOut, WaitingOut
from consultazione.proposals.answers.waiting import waiting
from consultazione.proposals.blueprint import rest
from consultazione.proposals.queries import get_proposal
from consultazione.proposals.schemas import ProposalArgs
from consultazione.web.api import page_of, page_schema
from consultazione.web.current_zone import current_cycle
from consultazione.web.paging import Page, TablePaging
from consultazione.web.request_db import snapshot


@rest.route("/proposals/<int:proposal_id>/answer")
class Answer(MethodView):
    """The answer to a proposal."""

    @rest.response(200, AnswerOut)
    @rest.alt_response(404, description="There is no such proposal, or it has no answer.")
    def get(self, proposal_id: int) -> ProposalAnswer:
        """What the table answered, with its reasons."""
        return get_answer(snapshot(), get_proposal(snapshot(), proposal_id).id)


@rest.route("/proposals/waiting")
class WaitingProposals(MethodView):
    """The proposals that wait for an answer."""

    @rest.arguments(ProposalArgs, location="query")
    @rest.response(200, page_schema(WaitingOut))
    @rest.reads_much
    @rest.takes_place
    def get(self, args: TablePaging) -> Page:
        """Those of the cycle, who waits longest first; of one table if it is named."""
        cycle, limit, table_id = current_cycle(), args["limit"], args["table_id"]
        rows = waiting(
            snapshot(), cycle.id, cycle.zone.id,
            table_id=table_id, after=args["after"] or None, limit=limit + 1,
        )  # fmt: skip
        return page_of(rows, limit, url_for("proposals_api.WaitingProposals"), table_id=table_id)
