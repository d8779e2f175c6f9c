"""Queries on answers to proposals; of what is not public the caller checks who may read it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consultazione.core.errors import NotFound
from consultazione.proposals.answers.models import (
    AnswerBatch,
    EvaluationNote,
    ProposalAnswer,
    ProposalAnswerDraft,
    ProposalEvaluation,
    Verdict,
)
from consultazione.proposals.answers.rights import owned_by
from consultazione.proposals.answers.waiting import waits
from consultazione.proposals.models import Proposal
from consultazione.tables.models import ThematicTable

# So many answers are published in one act at most.
MOST_AT_ONCE = 200


def _publishable(person_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions of what a person can publish: nothing on what they wrote or signed."""
    is_of_text = ProposalAnswerDraft.version == Proposal.version
    return ProposalAnswerDraft.is_ready.is_(True), is_of_text, waits(), ~owned_by(person_id)


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
        .where(waits(), Proposal.id.not_in(ready))
        .order_by(Proposal.decided_at, Proposal.id)
    )
    return list(session.scalars(query))


def ready_answers(
    session: Session, table_id: int, person_id: int | None
) -> list[ProposalAnswerDraft]:
    """The answers of a table that can be published, but for those to what a person wrote or signed.

    Who wrote a proposal is not to read its answer before everybody does.
    """
    query = (
        select(ProposalAnswerDraft)
        .join(ProposalAnswerDraft.proposal)
        .options(
            contains_eager(ProposalAnswerDraft.proposal), joinedload(ProposalAnswerDraft.writer)
        )
        .where(Proposal.table_id == table_id, *_publishable(person_id))
        .order_by(Proposal.decided_at, Proposal.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(query))


def ready_at(session: Session, table_ids: Iterable[int], person_id: int | None) -> dict[int, int]:
    """How many answers a person may publish, by table; tables without any are left out."""
    query = (
        select(Proposal.table_id, func.count())
        .join(ProposalAnswerDraft, ProposalAnswerDraft.proposal_id == Proposal.id)
        .where(Proposal.table_id.in_(list(table_ids)), *_publishable(person_id))
        .group_by(Proposal.table_id)
    )
    return dict(session.execute(query).all())


def find_answer(session: Session, proposal_id: int) -> ProposalAnswer | None:
    """The answer to a proposal that everybody can read; none while the proposal is hidden."""
    query = (
        select(ProposalAnswer)
        .join(ProposalAnswer.proposal)
        .options(joinedload(ProposalAnswer.batch))
        .where(ProposalAnswer.proposal_id == proposal_id, Proposal.hidden_at.is_(None))
    )
    return session.scalar(query)


def get_answer(session: Session, proposal_id: int) -> ProposalAnswer:
    """The same; NotFound if there is none."""
    answer = find_answer(session, proposal_id)
    if answer is None:
        raise NotFound(_("This proposal has no answer yet."))
    return answer


def get_batch(session: Session, batch_id: int) -> AnswerBatch:
    """Answers that were published together; NotFound if there are none."""
    batch = session.get(AnswerBatch, batch_id, options=[joinedload(AnswerBatch.table)])
    if batch is None:
        raise NotFound(_("There are no such answers."))
    return batch


def answers_in(session: Session, batch_id: int) -> list[ProposalAnswer]:
    """The answers of a batch to proposals that are not hidden, by proposal."""
    query = (
        select(ProposalAnswer)
        .join(ProposalAnswer.proposal)
        .options(contains_eager(ProposalAnswer.proposal))
        .where(ProposalAnswer.batch_id == batch_id, Proposal.hidden_at.is_(None))
        .order_by(ProposalAnswer.proposal_id)
    )
    return list(session.scalars(query))


def verdicts_of(session: Session, proposal_ids: Iterable[int]) -> dict[int, Verdict]:
    """What the table has answered, by proposal; those without an answer are left out."""
    query = select(ProposalAnswer.proposal_id, ProposalAnswer.verdict)
    query = query.where(ProposalAnswer.proposal_id.in_(list(proposal_ids)))
    return dict(session.execute(query).all())
