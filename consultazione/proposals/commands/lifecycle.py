"""The lifecycle of a proposal: submitted, then admitted or refused, or withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.events import Event, FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.proposals.cosigners.queries import has_signed
from consultazione.proposals.drafts.keeping import take_draft
from consultazione.proposals.events import (
    ProposalAdmitted,
    ProposalNotAdmitted,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from consultazione.proposals.keeping import attach, keep_version, said
from consultazione.proposals.locking import (
    lock,
    require_at,
    require_own,
    require_standing,
    require_version,
)
from consultazione.proposals.models import Proposal, ProposalNeed, ProposalState
from consultazione.proposals.needs import require_in_plan
from consultazione.proposals.submitting import check_submission
from consultazione.tables.events import table_stream
from consultazione.tables.holding.steps import require_no_wait
from consultazione.tables.on_paper.steps import require_other_eyes
from consultazione.tables.working import table_in_hand
from consultazione.zones.phases.rules import admits
from consultazione.zones.phases.when import require_when


def submit_proposal(
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
    demo: bool = False,
    is_released: bool = False,
) -> Proposal:
    """Submit a proposal at a table, in the actor's voice, and return it.

    need, effect: what is missing today and what would change, empty if it says nothing apart.
    chapter_id, priority_id, need_ids: the part of the cycle's plan, the strategic priority and the
    needs that it answers; Invalid on the field for others. files: what is attached; Invalid on
    `files` if they are too many or one is too large. proposal_draft_id: the actor's draft that it
    was, which goes; Conflict on `version` if it is not at `proposal_draft_version`. voice: as in
    `speaking.choosing`; Invalid on it if the table's rule does not let it propose. is_released: it
    waited until somebody had read it; Conflict where texts wait, unless it is. NotFound if
    there is no such table; NotAllowed for whom the table's rule does not let propose; Conflict if
    the table is closed, if the phase of the participation does not go on, or if the cycle is past.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.SUBMIT_PROPOSAL, zone_id=table.zone_id, table_id=table.id)
    if not is_released:
        require_no_wait(tx, table.id)
    require_when(tx, Permission.SUBMIT_PROPOSAL, table.cycle_id)
    spoken, needs = check_submission(tx, table, need_ids, voice)
    require_in_plan(tx.session, table.cycle_id, chapter_id=chapter_id, priority_id=priority_id)
    proposal = Proposal(
        table_id=table.id,
        author_id=acting_person(tx.actor),
        mandate_id=spoken.mandate_id,
        category=spoken.category,
        title=title,
        body=body,
        need=need or None,
        effect=effect or None,
        chapter_id=chapter_id,
        priority_id=priority_id,
        state=ProposalState.SUBMITTED,
        version=1,
        submitted_at=tx.now,
        demo=demo,
    )
    tx.session.add(proposal)
    tx.flush()
    keep_version(tx, proposal)
    tx.session.add_all(ProposalNeed(proposal_id=proposal.id, need_id=need.id) for need in needs)
    tx.record(
        table_stream(table.id),
        ProposalSubmitted(
            proposal_id=proposal.id,
            table_id=table.id,
            mandate_id=spoken.mandate_id,
            category=spoken.category,
            title=FreeText(title),
            body=FreeText(body),
            need=said(need),
            effect=said(effect),
            chapter_id=chapter_id,
            priority_id=priority_id,
            need_ids=[need.id for need in needs],
        ),
    )
    if files:
        attach(tx, proposal, files)
    if proposal_draft_id is not None:
        take_draft(tx, proposal_draft_id, read=proposal_draft_version)
    return proposal


def withdraw_proposal(tx: Transaction, *, proposal_id: int) -> Proposal:
    """Withdraw a proposal of the actor's own.

    NotAllowed for anybody but the author; Conflict if it has been refused or withdrawn.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.WITHDRAW_PROPOSAL, proposal)
    require_own(tx, proposal.author_id, _("Only the author may withdraw a proposal."))
    require_standing(proposal)
    event = ProposalWithdrawn(proposal_id=proposal.id, table_id=proposal.table_id)
    return _decide(tx, proposal, ProposalState.WITHDRAWN, event)


def admit_proposal(tx: Transaction, *, proposal_id: int, version: int | None = None) -> Proposal:
    """Admit a proposal to discussion, once more if its text was changed since.

    version: the number of the text that was read, None if it is not known; Conflict on that field
    if there is a later one. NotAllowed for its author; Conflict if the text that stands is decided
    on, or the proposal is withdrawn already.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.ADMIT_PROPOSAL, proposal)
    _to_decide(tx, Permission.ADMIT_PROPOSAL, proposal, version)
    event = ProposalAdmitted(
        proposal_id=proposal.id, table_id=proposal.table_id, version=proposal.version
    )
    return _decide(tx, proposal, ProposalState.ADMITTED, event)


def refuse_proposal(
    tx: Transaction, *, proposal_id: int, reason: str, version: int | None = None
) -> Proposal:
    """Refuse to admit a proposal, or a text that was changed since, for a reason, which is public.

    version, and errors, as in `admit_proposal`.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.REFUSE_PROPOSAL, proposal)
    _to_decide(tx, Permission.REFUSE_PROPOSAL, proposal, version)
    proposal.state_reason = reason
    event = ProposalNotAdmitted(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        reason=FreeText(reason),
        version=proposal.version,
    )
    return _decide(tx, proposal, ProposalState.NOT_ADMITTED, event)


def _to_decide(
    tx: Transaction, permission: Permission, proposal: Proposal, version: int | None
) -> None:
    """Nobody decides on what they wrote or have not read, and nobody twice on the same text."""
    if proposal.author_id == tx.actor.person_id:
        raise NotAllowed(
            _("You wrote this proposal: somebody else who runs the table decides on it.")
        )
    require_other_eyes(tx, proposal.author_id, proposal.table.zone_id)
    if has_signed(tx.session, proposal.id, tx.actor.person_id):
        raise NotAllowed(
            _("You signed this proposal: somebody else who runs the table decides on it.")
        )
    state = ProposalState.SUBMITTED if proposal.awaits_decision else proposal.state
    if not admits(permission, state):
        raise Conflict(_("This proposal has been decided on already, or withdrawn."))
    if version is not None:
        require_version(proposal.version, version)


def _decide(tx: Transaction, proposal: Proposal, state: ProposalState, event: Event) -> Proposal:
    proposal.state = state
    proposal.decided_at = tx.now
    proposal.decided_version = proposal.version
    tx.record(table_stream(proposal.table_id), event)
    return proposal
