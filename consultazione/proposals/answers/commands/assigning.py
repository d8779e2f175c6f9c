"""Asking an official to evaluate a proposal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.proposals.answers.events import EvaluatorAssigned
from consultazione.proposals.answers.locking import require_waiting
from consultazione.proposals.answers.models import ProposalEvaluation
from consultazione.proposals.answers.rights import evaluators
from consultazione.proposals.locking import lock, require_at
from consultazione.tables.events import table_stream


def assign_evaluator(
    tx: Transaction, *, proposal_id: int, evaluator_id: int | None
) -> ProposalEvaluation:
    """Ask somebody to evaluate a proposal that waits for an answer, and return who does.

    For who runs the table. evaluator_id: an official of the table or the zone who neither wrote nor
    signed it (`rights.evaluators`), Invalid on it for anybody else; None takes it back. Idempotent.
    Locks the proposal FOR UPDATE. NotFound if there is none; Conflict if it does not wait.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.ASSIGN_EVALUATOR, proposal)
    require_waiting(tx, proposal)
    if evaluator_id is not None and evaluator_id not in dict(evaluators(tx.session, proposal)):
        raise Invalid.at("evaluator_id", _("Choose somebody of the list."))
    row = tx.session.get(ProposalEvaluation, proposal.id)
    if row is not None and row.evaluator_id == evaluator_id:
        return row
    row = row or ProposalEvaluation(proposal_id=proposal.id)
    row.evaluator_id, row.assigned_at = evaluator_id, tx.now
    tx.session.add(row)
    tx.flush()
    assigned = EvaluatorAssigned(
        proposal_id=proposal.id, table_id=proposal.table_id, person_id=evaluator_id
    )
    tx.record(table_stream(proposal.table_id), assigned)
    return row
