"""Commands that rehearse a sitting in a copy of it, which is deleted afterwards."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core import idempotency, log
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.agenda.steps import agenda_points, copy_materials, create_point
from consultazione.sittings.lifecycle.cascade import delete_with_dependents
from consultazione.sittings.lifecycle.steps import record_convened
from consultazione.sittings.locking import lock_sitting, require_at
from consultazione.sittings.models import Attendance, Sitting, SittingState
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.sealing import destroy_keys
from consultazione.sittings.quorums.base import quorum_terms
from consultazione.sittings.quorums.steps import change_quorum
from consultazione.sittings.rehearsals import confine_to_rehearsal, draw_rehearsal_id
from consultazione.sittings.video.steps import store_video


def start_rehearsal(tx: Transaction, *, sitting_id: int) -> Sitting:
    """Start a rehearsal: a copy of a convened sitting with its agenda, quorum and video.

    Idempotent: returns the running rehearsal, if there is one. Locks the sitting FOR UPDATE
    and leaves it as it is. Conflict once it was opened, or for a rehearsal.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.START_REHEARSAL, sitting)
    if sitting.rehearses is not None or sitting.state is not SittingState.CONVENED:
        raise Conflict(_("Only a sitting that has not begun can be rehearsed."))
    running = tx.session.scalar(select(Sitting).filter_by(rehearses=sitting.id))
    return running or _copy(tx, sitting)


def end_rehearsal(tx: Transaction, *, sitting_id: int) -> int:
    """Delete a rehearsal with its streams and everything that happened in it.

    Returns the id of the rehearsed sitting. Records nothing: no trace of the rehearsal
    remains. Locks the rehearsal, its polls and attendances FOR UPDATE. NotFound if repeated;
    Conflict for a real sitting.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.END_REHEARSAL, sitting)
    if sitting.rehearses is None:
        raise Conflict(_("This sitting is no rehearsal: it stays."))
    poll_ids = _lock_ids(tx, Poll, sitting)
    _lock_ids(tx, Attendance, sitting)
    destroy_keys(tx, poll_ids)
    # Waits for transactions that have a hand locked, and deletes what they inserted too.
    delete_with_dependents(tx.session, Sitting, Sitting.id == sitting.id)
    idempotency.forget_confined(tx.session, sitting.id)
    log.delete_ephemeral(tx.session, [sitting.id, *poll_ids])
    return sitting.rehearses


def _copy(tx: Transaction, sitting: Sitting) -> Sitting:
    copy = Sitting(
        id=draw_rehearsal_id(),
        rehearses=sitting.id,
        table_id=sitting.table_id,
        title=sitting.title,
        place=sitting.place,
        starts_at=sitting.starts_at,
        state=SittingState.CONVENED,
        convened_at=tx.now,
        convened_by=tx.actor.person_id,
        demo=sitting.demo,
    )
    confine_to_rehearsal(tx, copy.id)
    record_convened(tx, copy)
    store_video(tx, copy, sitting.video_url or "")
    for point in agenda_points(tx, sitting.id):
        new_point = NewPoint(point.title, point.minutes_planned, point.proposal_id)
        copy_materials(tx, point, create_point(tx, copy, new_point, point.rank))
    change_quorum(tx, copy, quorum_terms(sitting.quorum))
    return copy


def _lock_ids(tx: Transaction, kind: type[Poll | Attendance], sitting: Sitting) -> list[Any]:
    """Lock a sitting's polls or attendances FOR UPDATE, and return their ids.

    Waits for the transactions that are using them, and keeps others from starting to.
    """
    query = select(kind.id).where(kind.sitting_id == sitting.id).order_by(kind.id)
    return list(tx.session.scalars(query.with_for_update()))
