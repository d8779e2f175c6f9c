"""Publishing the answers of a table together, and the days in which a zone answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.proposals.answers.events import AnswerDaysSet, AnswersPublished, ProposalAnswered
from consultazione.proposals.answers.locking import why_not_waiting
from consultazione.proposals.answers.models import (
    AnswerBatch,
    AnswerRule,
    ProposalAnswer,
    ProposalAnswerDraft,
    ReadAnswer,
)
from consultazione.proposals.answers.rights import is_own
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from consultazione.tables.queries import get_table
from consultazione.zones.events import zone_stream

_OVERTAKEN = _("One of these answers was changed in the meantime. Read them as they stand now.")


def publish_proposal_answers(
    tx: Transaction, *, table_id: int, answers: Sequence[ReadAnswer]
) -> AnswerBatch:
    """Publish prepared answers of a table in one act, and return it.

    answers: as they were read; all of them are published or none. NotFound if there is no such
    table; NotAllowed for who does not run it, or wrote or signed one of the proposals; Invalid on
    `answers` if there are none; Conflict on it if one is not ready or was changed, or its proposal
    does not wait any more. Locks the proposals.
    """
    table = get_table(tx.session, table_id)
    require(tx.actor, Permission.PUBLISH_PROPOSAL_ANSWERS, zone_id=table.zone_id, table_id=table.id)
    if not answers:
        raise Invalid.at("answers", _("Choose at least one answer."))
    ready = _ready(tx, table_id, {one.proposal_id: one.revision for one in answers})
    batch = AnswerBatch(table_id=table_id, at=tx.now)
    tx.session.add(batch)
    tx.flush()
    for proposal, draft in ready:
        _publish(tx, proposal, draft, batch)
    published = AnswersPublished(
        batch_id=batch.id, table_id=table_id, proposal_ids=[proposal.id for proposal, _d in ready]
    )
    tx.record(table_stream(table_id), published)
    return batch


def set_answer_days(tx: Transaction, *, zone_id: int, days: int | None) -> AnswerRule:
    """Set in how many days after their admission a zone answers proposals; None for no rule."""
    require(tx.actor, Permission.SET_ANSWER_DAYS, zone_id=zone_id)
    rule = tx.session.merge(AnswerRule(zone_id=zone_id, days=days))
    tx.record(zone_stream(zone_id), AnswerDaysSet(days=days))
    return rule


def _ready(
    tx: Transaction, table_id: int, read: Mapping[int, int]
) -> list[tuple[Proposal, ProposalAnswerDraft]]:
    """The proposals by id, locked, with their answers; those are read once the lock is there."""
    query = select(Proposal).where(Proposal.id.in_(read), Proposal.table_id == table_id)
    proposals = list(tx.session.scalars(query.order_by(Proposal.id).with_for_update(of=Proposal)))
    drafts = select(ProposalAnswerDraft).where(ProposalAnswerDraft.proposal_id.in_(read))
    by_id = {draft.proposal_id: draft for draft in tx.session.scalars(drafts)}
    if {proposal.id for proposal in proposals} != by_id.keys() or by_id.keys() != read.keys():
        raise Conflict(_OVERTAKEN, fields={"answers": [_OVERTAKEN]})
    pairs = [(proposal, by_id[proposal.id]) for proposal in proposals]
    for proposal, draft in pairs:
        _require_ready(tx, proposal, draft, read[proposal.id])
    return pairs


def _require_ready(
    tx: Transaction, proposal: Proposal, draft: ProposalAnswerDraft, revision: int
) -> None:
    if is_own(tx.session, proposal, tx.actor.person_id):
        raise NotAllowed(
            _("You wrote or signed one of these proposals: somebody else publishes its answer.")
        )
    is_read = draft.is_ready and draft.revision == revision and draft.version == proposal.version
    if not is_read or why_not_waiting(tx.session, proposal) is not None:
        raise Conflict(_OVERTAKEN, fields={"answers": [_OVERTAKEN]})


def _publish(
    tx: Transaction, proposal: Proposal, draft: ProposalAnswerDraft, batch: AnswerBatch
) -> None:
    assert draft.verdict is not None
    answer = ProposalAnswer(
        proposal_id=proposal.id,
        batch_id=batch.id,
        verdict=draft.verdict,
        body=draft.body,
        version=proposal.version,
    )
    tx.session.add(answer)
    tx.session.delete(draft)
    tx.flush()
    answered = ProposalAnswered(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        batch_id=batch.id,
        version=proposal.version,
        verdict=answer.verdict,
        body=FreeText(answer.body),
    )
    tx.record(table_stream(proposal.table_id), answered)
