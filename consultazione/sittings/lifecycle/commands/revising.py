"""Commands that correct, postpone and cancel a convened sitting; each issues a new notice."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.core.revisions import require_latest
from consultazione.sittings.events import (
    SittingCancelled,
    SittingCorrected,
    SittingPostponed,
    sitting_stream,
)
from consultazione.sittings.lifecycle.notice.issuing import issue_notice
from consultazione.sittings.lifecycle.steps import (
    begin_anew,
    check_order,
    check_start,
    send_away,
)
from consultazione.sittings.locking import lock_sitting, require_at
from consultazione.sittings.models import Sitting, SittingChange, SittingState, SittingVersion
from consultazione.sittings.places.steps import change_places
from consultazione.sittings.quorums.base import QuorumTerms, quorum_terms
from consultazione.sittings.quorums.steps import change_quorum


def correct_sitting(
    tx: Transaction,
    *,
    sitting_id: int,
    revision: int,
    title: str,
    place: str,
    starts_at: datetime,
    quorum: QuorumTerms,
    reason: str,
    places: int | None = None,
    start_confirmed: bool = False,
) -> Sitting:
    """Correct what the convocation of a sitting says; what it said stays as a version.

    revision: the one that was read. reason: everybody can read it. places: how many the hall
    holds; who waits for one moves up if there are more, and if there are fewer nobody loses
    theirs. start_confirmed: whether a start in the past or far away is meant. Locks the sitting
    FOR UPDATE. Conflict once it was opened or cancelled, for a rehearsal, or if somebody changed
    it meanwhile; Invalid for a past day, for one on the wrong side of the other convocation, or a
    wrong quorum. On another day it begins anew: who waits is sent away, the roll is called again.
    """
    sitting = _lock_convened(tx, sitting_id, Permission.CORRECT_SITTING)
    _require_revision(sitting, revision)
    if starts_at != sitting.starts_at:
        check_start(tx, starts_at, confirmed=start_confirmed)
        check_order(tx, sitting, starts_at)
    _keep_version(tx, sitting, SittingChange.CORRECTED, reason)
    if in_rome(starts_at).date() != sitting.day:
        begin_anew(tx, sitting)
    sitting.title, sitting.place, sitting.starts_at = title, place, starts_at
    tx.record(
        sitting_stream(sitting.id),
        SittingCorrected(
            sitting_id=sitting.id,
            revision=sitting.revision,
            starts_at=starts_at,
            title=FreeText(title),
            place=FreeText(place),
            reason=FreeText(reason),
            places=places,
        ),
    )
    change_places(tx, sitting, places)
    change_quorum(tx, sitting, quorum)
    issue_notice(tx, sitting)
    return sitting


def postpone_sitting(
    tx: Transaction,
    *,
    sitting_id: int,
    revision: int,
    starts_at: datetime,
    place: str,
    reason: str,
    start_confirmed: bool = False,
) -> Sitting:
    """Postpone a sitting to a later moment; who waits for it is sent away.

    Arguments, locks and errors as in `correct_sitting`; Invalid too unless it is later than
    before. A roll that is being called is called anew.
    """
    sitting = _lock_convened(tx, sitting_id, Permission.POSTPONE_SITTING)
    _require_revision(sitting, revision)
    if starts_at <= sitting.starts_at:
        earlier = _("Choose a day or an hour that is later than before, or correct the sitting.")
        raise Invalid.at("starts_at", earlier)
    check_start(tx, starts_at, confirmed=start_confirmed)
    check_order(tx, sitting, starts_at)
    _keep_version(tx, sitting, SittingChange.POSTPONED, reason)
    sitting.first_starts_at = sitting.first_starts_at or sitting.starts_at
    sitting.place, sitting.starts_at = place, starts_at
    begin_anew(tx, sitting)
    tx.record(
        sitting_stream(sitting.id),
        SittingPostponed(
            sitting_id=sitting.id,
            revision=sitting.revision,
            starts_at=starts_at,
            place=FreeText(place),
            reason=FreeText(reason),
        ),
    )
    issue_notice(tx, sitting)
    return sitting


def cancel_sitting(tx: Transaction, *, sitting_id: int, reason: str) -> Sitting:
    """Say that a convened sitting is not held, for a reason; who waits for it is sent away.

    Locks the sitting FOR UPDATE. Conflict once it was opened or cancelled, or for a rehearsal.
    """
    sitting = _lock_convened(tx, sitting_id, Permission.CANCEL_SITTING)
    sitting.state = SittingState.CANCELLED
    sitting.cancelled_at, sitting.cancelled_reason = tx.now, reason
    sitting.revision += 1
    send_away(tx, sitting)
    cancelled = SittingCancelled(
        sitting_id=sitting.id, revision=sitting.revision, reason=FreeText(reason)
    )
    tx.record(sitting_stream(sitting.id), cancelled)
    issue_notice(tx, sitting)
    return sitting


def _lock_convened(tx: Transaction, sitting_id: int, permission: Permission) -> Sitting:
    """The sitting, locked after the first convocation: of the two, the older one comes first."""
    first = tx.session.scalar(select(Sitting.second_of).filter_by(id=sitting_id))
    if first is not None:
        lock_sitting(tx, first)
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, permission, sitting)
    if sitting.rehearses is not None:
        raise Conflict(_("This is a rehearsal: end it, and change the sitting itself."))
    if sitting.state is SittingState.CANCELLED:
        raise Conflict(_("The sitting was cancelled: convene another one."))
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(_("The sitting has been opened: its convocation stays as it is."))
    return sitting


def _require_revision(sitting: Sitting, revision: int) -> None:
    now = {name: getattr(sitting, name) for name in ("title", "place", "places", "starts_at")}
    terms = {"quorum": quorum_terms(sitting.quorum)}
    require_latest(read=revision, version=sitting.revision, now=now | terms)


def _keep_version(tx: Transaction, sitting: Sitting, change: SittingChange, reason: str) -> None:
    """Keep what the convocation says now, and count the revision."""
    version = SittingVersion(
        sitting_id=sitting.id,
        revision=sitting.revision,
        reason=reason,
        replaced_at=tx.now,
        replaced_by=tx.actor.person_id,
        change=change,
        title=sitting.title,
        place=sitting.place,
        starts_at=sitting.starts_at,
        quorum=sitting.quorum,
        places=sitting.places,
    )
    tx.session.add(version)
    sitting.revision += 1
