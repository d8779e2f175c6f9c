"""Queries on what is prepared on proposals. Who asks must have checked that the reader may."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.proposals.answers.models import (
    EvaluationNote,
    ProposalAnswerDraft,
    ProposalEvaluation,
)
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.tables.models import ThematicTable


def evaluation_of(session: Session, proposal_id: int) -> ProposalEvaluation | None:
    """Who evaluates a proposal; None if nobody was ever asked."""
    return session.get(
        ProposalEvaluation, proposal_id, options=[joinedload(ProposalEvaluation.evaluator)]
    )


def notes_on(session: Session, proposal_id: int) -> list[EvaluationNote]:
    """The private notes on a proposal, the oldest first."""
    query = select(EvaluationNote).options(joinedload(EvaluationNote.author))
    query = query.filter_by(proposal_id=proposal_id).order_by(EvaluationNote.id)
    return list(session.scalars(query))


def get_note(session: Session, note_id: int) -> EvaluationNote:
    """A private note by its id; NotFound if there is none."""
    note = session.get(EvaluationNote, note_id)
    if note is None:
        raise NotFound(_("There is no such note."))
    return note


def draft_for(session: Session, proposal_id: int) -> ProposalAnswerDraft | None:
    """The answer that is prepared for a proposal."""
    return session.get(
        ProposalAnswerDraft, proposal_id, options=[joinedload(ProposalAnswerDraft.writer)]
    )


def asked_of(session: Session, cycle_id: int, person_id: int) -> list[Proposal]:
    """The proposals of a cycle that a person is asked to evaluate and has not done with."""
    ready = select(ProposalAnswerDraft.proposal_id).where(ProposalAnswerDraft.is_ready)
    query = (
        select(Proposal)
        .join(ProposalEvaluation, ProposalEvaluation.proposal_id == Proposal.id)
        .join(Proposal.table)
        .options(joinedload(Proposal.table))
        .where(ThematicTable.cycle_id == cycle_id, ProposalEvaluation.evaluator_id == person_id)
        .where(Proposal.state == ProposalState.ADMITTED, Proposal.id.not_in(ready))
        .order_by(Proposal.decided_at, Proposal.id)
    )
    return list(session.scalars(query))


def ready_at(session: Session, table_ids: Iterable[int]) -> dict[int, int]:
    """How many answers are ready to be published, by table; tables without any are left out."""
    found: dict[int, int] = {}
    query = (
        select(Proposal.table_id)
        .join(ProposalAnswerDraft, ProposalAnswerDraft.proposal_id == Proposal.id)
        .where(Proposal.table_id.in_(list(table_ids)), ProposalAnswerDraft.is_ready)
    )
    for table_id in session.scalars(query):
        found[table_id] = found.get(table_id, 0) + 1
    return found
