"""The blueprints of proposals: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.proposals.amendments.models import ProposalAmendment
from consultazione.proposals.answers.models import AnswerBatch, EvaluationNote
from consultazione.proposals.cosigners.models import ProposalCosigner
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.proposals.models import Proposal, ProposalFile
from consultazione.proposals.referrals.models import ReceivingBody
from consultazione.tables.models import ThematicTable
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Cycle
from consultazione.zones.queries import NEWEST

pages = Blueprint("proposals", __name__)
rest = resource("proposals_api", __name__, "Proposals and their supports")

_cycle = select(ThematicTable.cycle_id).join(Proposal, Proposal.table_id == ThematicTable.id)
cycle_found_by("proposal_id", lambda number: _cycle.where(Proposal.id == number))
_cycle_of_amendment = _cycle.join(ProposalAmendment, ProposalAmendment.proposal_id == Proposal.id)
cycle_found_by(
    "amendment_id", lambda number: _cycle_of_amendment.where(ProposalAmendment.id == number)
)
_cycle_of_cosigner = _cycle.join(ProposalCosigner, ProposalCosigner.proposal_id == Proposal.id)
cycle_found_by(
    "cosigner_id", lambda number: _cycle_of_cosigner.where(ProposalCosigner.id == number)
)
_cycle_of_file = _cycle.join(ProposalFile, ProposalFile.proposal_id == Proposal.id)
cycle_found_by(
    "proposal_draft_id",
    lambda number: select(ProposalDraft.cycle_id).where(ProposalDraft.id == number),
)
cycle_found_by("proposal_file_id", lambda number: _cycle_of_file.where(ProposalFile.id == number))
_cycle_of_note = _cycle.join(EvaluationNote, EvaluationNote.proposal_id == Proposal.id)
cycle_found_by(
    "evaluation_note_id", lambda number: _cycle_of_note.where(EvaluationNote.id == number)
)
_cycle_of_batch = select(ThematicTable.cycle_id).join(
    AnswerBatch, AnswerBatch.table_id == ThematicTable.id
)
cycle_found_by("answer_batch_id", lambda number: _cycle_of_batch.where(AnswerBatch.id == number))
# A body is the zone's: its address leads to the zone's latest cycle.
_of_body = select(Cycle.id).join(ReceivingBody, ReceivingBody.zone_id == Cycle.zone_id)
cycle_found_by(
    "receiving_body_id",
    lambda number: _of_body.where(ReceivingBody.id == number).order_by(*NEWEST).limit(1),
)
