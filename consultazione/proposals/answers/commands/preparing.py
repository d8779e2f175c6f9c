"""Preparing the answer to a proposal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, acting_person
from consultazione.proposals.answers.events import ProposalAnswerPrepared
from consultazione.proposals.answers.locking import evaluated, require_waiting
from consultazione.proposals.answers.models import ProposalAnswerDraft, Verdict
from consultazione.proposals.locking import require_version
from consultazione.tables.events import table_stream

# Shorter is no reason.
LEAST_REASONS = 10
_OVERTAKEN = _("Somebody else changed this answer in the meantime. Read it as it stands and go on.")


def prepare_answer(
    tx: Transaction,
    *,
    proposal_id: int,
    version: int,
    revision: int,
    verdict: Verdict | None = None,
    body: str = "",
    is_ready: bool = False,
) -> ProposalAnswerDraft:
    """Write the answer to a proposal that waits for one, in the place of what was prepared.

    It is not public until it is published with others, and only if `is_ready`. version: the number
    of the proposal's text that was read; revision: how often the answer was saved, 0 if never;
    Conflict on either if there is a later one. Invalid on `verdict` or `body` if one is missing
    from what is ready. NotAllowed for who does not evaluate it; Conflict if it does not wait.
    """
    proposal = evaluated(tx, proposal_id, Permission.PREPARE_ANSWER)
    require_waiting(tx, proposal)
    require_version(proposal.version, version)
    draft = tx.session.get(ProposalAnswerDraft, proposal.id)
    if revision != (draft.revision if draft else 0):
        raise Conflict(_OVERTAKEN, fields={"revision": [_OVERTAKEN]})
    if is_ready:
        _require_whole(verdict, body)
    draft = draft or ProposalAnswerDraft(proposal_id=proposal.id)
    draft.verdict, draft.body, draft.is_ready = verdict, body, is_ready
    draft.version, draft.revision = proposal.version, revision + 1
    draft.written_by, draft.at = acting_person(tx.actor), tx.now
    tx.session.add(draft)
    tx.flush()
    prepared = ProposalAnswerPrepared(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        revision=draft.revision,
        is_ready=is_ready,
    )
    tx.record(table_stream(proposal.table_id), prepared)
    return draft


def _require_whole(verdict: Verdict | None, body: str) -> None:
    if verdict is None:
        raise Invalid.at("verdict", _("Say what becomes of the proposal."))
    if len(body) < LEAST_REASONS:
        raise Invalid.at("body", _("Give the reasons: everybody will read them."))
