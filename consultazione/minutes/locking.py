"""Loading minutes for a command: locked, with the permission checked."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.minutes.models import Minutes, MinutesCorrection, MinutesState
from consultazione.sittings.secretaries import require_writer


def locked_minutes(tx: Transaction, minutes_id: int, permission: Permission) -> Minutes:
    """Minutes, locked FOR UPDATE; NotFound, or NotAllowed without that permission."""
    minutes = _lock(tx, minutes_id)
    table = minutes.sitting.table
    require(tx.actor, permission, zone_id=table.zone_id, table_id=table.id)
    return minutes


def locked_draft(tx: Transaction, minutes_id: int, permission: Permission) -> Minutes:
    """The same for a draft; Conflict if the minutes are approved."""
    return _require_draft(locked_minutes(tx, minutes_id, permission))


def writers_minutes(tx: Transaction, minutes_id: int, permission: Permission) -> Minutes:
    """The same for those who write it: by their role, or since they were named to."""
    minutes = _lock(tx, minutes_id)
    require_writer(tx.actor, permission, minutes.sitting)
    return _require_draft(minutes)


def written_draft(tx: Transaction, minutes_id: int, permission: Permission) -> Minutes:
    """The same; Conflict too while the draft is before those who were at the sitting."""
    minutes = writers_minutes(tx, minutes_id, permission)
    require_not_circulated(minutes)
    return minutes


def require_not_circulated(minutes: Minutes) -> None:
    """Conflict while a draft is before those who were there, who are reading this very text."""
    if minutes.circulated_at is not None:
        raise Conflict(
            _("The draft is before those who were at the sitting: take it back to change it.")
        )


def locked_correction(
    tx: Transaction, correction_id: int, permission: Permission
) -> MinutesCorrection:
    """A request on a draft, whose minutes are locked FOR UPDATE, for who has the permission."""
    correction = _correction(tx, correction_id)
    locked_draft(tx, correction.minutes_id, permission)
    tx.session.refresh(correction)
    return correction


def writers_correction(
    tx: Transaction, correction_id: int, permission: Permission
) -> MinutesCorrection:
    """The same for those who write the minutes."""
    correction = _correction(tx, correction_id)
    writers_minutes(tx, correction.minutes_id, permission)
    tx.session.refresh(correction)
    return correction


def _correction(tx: Transaction, correction_id: int) -> MinutesCorrection:
    correction = tx.session.get(MinutesCorrection, correction_id)
    if correction is None:
        raise NotFound(_("There is no such request."))
    return correction


def _lock(tx: Transaction, minutes_id: int) -> Minutes:
    minutes = tx.session.get(Minutes, minutes_id, with_for_update={"of": Minutes})
    if minutes is None:
        raise NotFound(_("There are no such minutes."))
    return minutes


def _require_draft(minutes: Minutes) -> Minutes:
    if minutes.state is not MinutesState.DRAFT:
        raise Conflict(_("These minutes are approved: nothing in them changes any more."))
    return minutes
