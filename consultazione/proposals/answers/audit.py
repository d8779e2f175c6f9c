"""What evaluations and answers must say by the log of their table."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, adds, drops, leaf_of, register
from consultazione.proposals.answers.models import EvaluationNote, ProposalEvaluation

EVALUATION = Audit(
    ProposalEvaluation,
    adds(
        "evaluation.assigned",
        proposal_id="proposal_id",
        evaluator_id="person_id",
        assigned_at=AT,
    ),
)
NOTE = Audit(
    EvaluationNote,
    adds(
        "evaluation_note.written",
        id="note_id",
        proposal_id="proposal_id",
        author_id=ACTOR,
        body="body",
        leaf=leaf_of("body"),
        at=AT,
    ),
    drops("evaluation_note.erased", id="note_id"),
)

register("table", audits=(EVALUATION, NOTE), apart=True)
