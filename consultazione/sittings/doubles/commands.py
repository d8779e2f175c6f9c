"""Joining two accounts of one human: proposed by one administrator, confirmed by a second."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound, Sentence
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.administrators import lock_administrators
from consultazione.people.commands.accounts import end_sign_ins
from consultazione.people.commands.open_links import withdraw_links
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.events import person_stream
from consultazione.people.gateway.linking import unlink
from consultazione.people.merging.events import MergeProposed, MergeTurnedDown, PersonMerged
from consultazione.people.merging.models import Merge, MergeState
from consultazione.people.merging.queries import why_not_confirm_merge
from consultazione.people.models import Mandate, Person, RoleGrant
from consultazione.people.reach import get_within_reach
from consultazione.proposals.commands.supporting import withdraw_support
from consultazione.proposals.models import Support
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls.models import Ballot, Poll, PollState


def propose_merge(
    tx: Transaction, *, zone_id: int, double_id: int, kept_id: int, reason: str
) -> Merge:
    """Propose that an account is a double of another, which is kept.

    Locks the zone's administrators, then both accounts in the order of their ids. Conflict while
    the same is proposed; raises what `get_within_reach` and `_require_mergeable` raise.
    """
    require(tx.actor, Permission.PROPOSE_MERGE, zone_id=zone_id)
    lock_administrators(tx, zone_id)
    _require_mergeable(tx, zone_id, double_id, kept_id)
    waits = select(Merge.id).filter_by(double_id=double_id, state=MergeState.PROPOSED)
    if tx.session.scalar(waits) is not None:
        raise Conflict(_("This account waits already to be joined with another."))
    merge = Merge(
        zone_id=zone_id,
        double_id=double_id,
        kept_id=kept_id,
        reason=reason,
        proposed_by=acting_person(tx.actor),
        proposed_at=tx.now,
        state=MergeState.PROPOSED,
    )
    tx.session.add(merge)
    tx.flush()
    proposed = MergeProposed(
        merge_id=merge.id, person_id=double_id, into_id=kept_id, reason=FreeText(reason)
    )
    tx.record(person_stream(double_id), proposed)
    return merge


def confirm_merge(tx: Transaction, *, zone_id: int, merge_id: int) -> Person:
    """Join two accounts as the second administrator, and return the one that goes.

    Nobody signs in with it any more, and its SPID or CIE can be linked to the other. What it wrote
    stays where it is, and is shown under the other's name; where both supported a proposal, one
    support is left. Votes stay as they were cast. Locks as `propose_merge`. NotFound if it does not
    wait; Conflict unless the actor is a second person; raises what `_require_mergeable` raises.
    """
    require(tx.actor, Permission.CONFIRM_MERGE, zone_id=zone_id)
    lock_administrators(tx, zone_id)
    merge = _waiting(tx, zone_id, merge_id)
    refused = why_not_confirm_merge(tx.session, merge, tx.actor)
    if refused is not None:
        raise Conflict(refused)
    double = _require_mergeable(tx, zone_id, merge.double_id, merge.kept_id)
    _count_supports_once(tx, double.id, merge.kept_id)
    double.merged_into = merge.kept_id
    end_sign_ins(tx, double.id)
    withdraw_tokens(tx, double.id)
    withdraw_links(tx, double.id)
    unlink(tx, double.id)
    merge.state, merge.decided_at = MergeState.DONE, tx.now
    merge.decided_by = tx.actor.person_id
    tx.record(person_stream(double.id), PersonMerged(person_id=double.id, into_id=merge.kept_id))
    return double


def turn_merge_down(tx: Transaction, *, zone_id: int, merge_id: int) -> None:
    """Leave two accounts apart. Locks the proposal; NotFound if it does not wait."""
    require(tx.actor, Permission.TURN_MERGE_DOWN, zone_id=zone_id)
    merge = _waiting(tx, zone_id, merge_id)
    merge.state, merge.decided_at = MergeState.TURNED_DOWN, tx.now
    merge.decided_by = tx.actor.person_id
    event = MergeTurnedDown(merge_id=merge.id, person_id=merge.double_id)
    tx.record(person_stream(merge.double_id), event)


def _waiting(tx: Transaction, zone_id: int, merge_id: int) -> Merge:
    merge = tx.session.get(Merge, merge_id, with_for_update={"of": Merge}, populate_existing=True)
    if merge is None or merge.zone_id != zone_id or merge.state is not MergeState.PROPOSED:
        raise NotFound(_("This proposal does not wait any more."))
    return merge


def _require_mergeable(tx: Transaction, zone_id: int, double_id: int, kept_id: int) -> Person:
    """The account that is to go, locked with the other; Conflict if they cannot be joined.

    Invalid if they are one. An account that was joined before, one with a role or a mandate, and
    two that vote or sit side by side at this moment, are not joined.
    """
    if double_id == kept_id:
        raise Invalid.at("kept_id", _("These are one account already: choose another."))
    locked = {one: get_within_reach(tx, one, zone_id) for one in sorted((double_id, kept_id))}
    told = _why_not(tx, locked[double_id], locked[kept_id])
    if told is not None:
        raise Conflict(told)
    return locked[double_id]


def _why_not(tx: Transaction, double: Person, kept: Person) -> Sentence | None:
    if double.merged_into is not None or kept.merged_into is not None:
        return _("One of the accounts was joined with another already.")
    if tx.session.scalar(select(exists().where(Person.merged_into == double.id))):
        return _("Another account was joined to this one: keep this one, and let the other go.")
    role = exists().where(RoleGrant.person_id == double.id)
    mandate = exists().where(Mandate.person_id == double.id, ~Mandate.is_over(tx.now))
    if tx.session.scalar(select(role | mandate)):
        return _("The account that goes has a role or a mandate: end these first.")
    if _both_voted(tx, double.id, kept.id):
        return _("Both accounts voted in a poll that is still open: wait for its end.")
    if _both_present(tx, double.id, kept.id):
        return _("Both accounts are present in a sitting: wait for its end.")
    return None


def _both_voted(tx: Transaction, one: int, other: int) -> bool:
    again = aliased(Ballot)
    query = (
        select(Poll.id)
        .join(Ballot, Ballot.poll_id == Poll.id)
        .join(again, again.poll_id == Poll.id)
        .where(Ballot.person_id == one, again.person_id == other, Poll.state == PollState.OPEN)
    )
    return tx.session.scalar(query.limit(1)) is not None


def _both_present(tx: Transaction, one: int, other: int) -> bool:
    again = aliased(Attendance)
    query = (
        select(Attendance.id)
        .join(again, again.sitting_id == Attendance.sitting_id)
        .where(Attendance.person_id == one, Attendance.left_at.is_(None))
        .where(again.person_id == other, again.left_at.is_(None))
    )
    return tx.session.scalar(query.limit(1)) is not None


def _count_supports_once(tx: Transaction, double_id: int, kept_id: int) -> None:
    """Take back what the double supported beside the other, in the double's own name."""
    theirs = select(Support.proposal_id).where(Support.person_id == kept_id)
    twice = select(Support.proposal_id).where(
        Support.person_id == double_id, Support.proposal_id.in_(theirs)
    )
    proposals = tx.session.scalars(twice.order_by(Support.proposal_id)).all()
    with tx.acting_as(Actor(double_id, is_confirmed=True)):
        for proposal_id in proposals:
            withdraw_support(tx, proposal_id=proposal_id)
