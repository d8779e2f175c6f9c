"""Handing a proposal in: submitted at once, or kept where somebody reads texts first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from consultazione.core.db import Transaction
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, require
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.proposals.drafts.keeping import take_draft
from consultazione.proposals.models import Proposal
from consultazione.proposals.needs import require_in_plan
from consultazione.proposals.submitting import check_submission, require_time_to_submit
from consultazione.tables.holding.models import HeldKind, HeldText
from consultazione.tables.holding.steps import hold, waits_at
from consultazione.tables.working import table_in_hand


def hand_in_proposal(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    body: str,
    need: str = "",
    effect: str = "",
    chapter_id: int | None = None,
    priority_id: int | None = None,
    need_ids: Collection[int] = (),
    files: Sequence[StoredFile] = (),
    proposal_draft_id: int | None = None,
    proposal_draft_version: int | None = None,
    voice: int | None = None,
) -> Proposal | HeldText:
    """Submit a proposal, or keep it until somebody who moderates has read it.

    Raises what `submit_proposal` raises, so that nothing waits that could not be submitted now.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.HAND_IN_PROPOSAL, zone_id=table.zone_id, table_id=table.id)
    if not waits_at(tx.session, table.id):
        return submit_proposal(
            tx,
            table_id=table.id,
            title=title,
            body=body,
            need=need,
            effect=effect,
            chapter_id=chapter_id,
            priority_id=priority_id,
            need_ids=need_ids,
            files=files,
            proposal_draft_id=proposal_draft_id,
            proposal_draft_version=proposal_draft_version,
            voice=voice,
        )
    require_time_to_submit(tx, table.cycle_id)
    check_submission(tx, table, need_ids, voice)
    require_in_plan(tx.session, table.cycle_id, chapter_id=chapter_id, priority_id=priority_id)
    if proposal_draft_id is not None:
        take_draft(tx, proposal_draft_id, read=proposal_draft_version)
    content = {
        "title": title,
        "body": body,
        "need": need,
        "effect": effect,
        "chapter_id": chapter_id,
        "priority_id": priority_id,
        "need_ids": list(need_ids),
        "voice": voice,
        "files": [asdict(file) for file in files],
    }
    return hold(tx, table_id=table.id, kind=HeldKind.PROPOSAL, content=content)
