"""What evaluations and answers must say by the log of their table."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, OF_STREAM, Audit, adds, drops, leaf_of, register
from consultazione.proposals.answers.models import (
    AnswerBatch,
    AnswerRule,
    EvaluationNote,
    ProposalAnswer,
    ProposalEvaluation,
)

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
BATCH = Audit(
    AnswerBatch, adds("answer_batch.published", id="batch_id", table_id="table_id", at=AT)
)
ANSWER = Audit(
    ProposalAnswer,
    adds(
        "proposal.answered",
        proposal_id="proposal_id",
        batch_id="batch_id",
        verdict="verdict",
        body="body",
        version="version",
    ),
)
RULE = Audit(AnswerRule, adds("answer_rule.changed", zone_id=OF_STREAM, days="days"))

register("table", audits=(EVALUATION, NOTE, BATCH, ANSWER), apart=True)
register("zone", audits=(RULE,), apart=True)
