"""The lifecycle of a proposal: submitted, then admitted or refused, or withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.events import Event, FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.queries import Voice, lock_voice
from consultazione.proposals.events import (
    ProposalAdmitted,
    ProposalNotAdmitted,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from consultazione.proposals.keeping import attach, keep_version
from consultazione.proposals.locking import (
    lock,
    require_at,
    require_own,
    require_standing,
    require_version,
)
from consultazione.proposals.models import Proposal, ProposalNeed, ProposalState
from consultazione.proposals.needs import needs_among
from consultazione.tables.events import table_stream
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import seated_ids
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed, Who, rule_of
from consultazione.tables.working import require_working, table_in_hand
from consultazione.zones.phases.rules import admits
from consultazione.zones.phases.when import require_when


def submit_proposal(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    body: str,
    need_ids: Collection[int] = (),
    files: Sequence[StoredFile] = (),
    demo: bool = False,
) -> Proposal:
    """Submit a proposal at a table, in the actor's voice, and return it.

    need_ids: the needs of the cycle that it answers; Invalid on `need_ids` for others. files:
    what is attached; Invalid on `files` if they are too many or one is too large. NotFound if
    there is no such table; NotAllowed for whom the table's rule does not let propose; Conflict if
    the table is closed, if the phase of the participation does not go on, or if the cycle is past.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.SUBMIT_PROPOSAL, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    require_when(tx, Permission.SUBMIT_PROPOSAL, table.cycle_id)
    voice, needs = _voice_at(tx, table), needs_among(tx.session, table.cycle_id, need_ids)
    proposal = Proposal(
        table_id=table.id,
        author_id=acting_person(tx.actor),
        mandate_id=voice.mandate_id,
        category=voice.category,
        title=title,
        body=body,
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
            mandate_id=voice.mandate_id,
            category=voice.category,
            title=FreeText(title),
            body=FreeText(body),
            need_ids=[need.id for need in needs],
        ),
    )
    if files:
        attach(tx, proposal, files)
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


def _voice_at(tx: Transaction, table: ThematicTable) -> Voice:
    """The actor's voice at a table: for an organisation that sits there, if for any."""
    person_id = acting_person(tx.actor)
    refused = why_not_at(tx.session, table, Deed.PROPOSE, person_id, at=tx.now)
    if refused is not None:
        raise NotAllowed(refused)
    wanted = seated_ids(tx.session, table.id, unions=rule_of(table.rule).propose is Who.UNIONS)
    voice = lock_voice(tx, person_id, zone_id=table.zone_id, preferred=wanted)
    if voice.mandate_id is None:
        # The mandate may have ended between the question and the lock.
        again = why_not_at(tx.session, table, Deed.PROPOSE, person_id, at=tx.now)
        if again is not None:
            raise NotAllowed(again)
    return voice


def _to_decide(
    tx: Transaction, permission: Permission, proposal: Proposal, version: int | None
) -> None:
    """Nobody decides on what they wrote or have not read, and nobody twice on the same text."""
    if proposal.author_id == tx.actor.person_id:
        raise NotAllowed(
            _("You wrote this proposal: somebody else who runs the table decides on it.")
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
