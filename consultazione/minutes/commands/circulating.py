"""Putting a draft before those who were at the sitting, and taking it back to change it."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.minutes.corrections.window import is_circulated_in, zone_of
from consultazione.minutes.events import MinutesCirculated, MinutesRecalled, minutes_stream
from consultazione.minutes.locking import writers_minutes
from consultazione.minutes.models import Minutes
from consultazione.sittings.models import SittingState


def circulate_minutes(tx: Transaction, *, minutes_id: int, version: int) -> Minutes:
    """Declare a draft complete: for the zone's days those present can ask for corrections.

    version: the version of the draft that was read. Idempotent. Locks the minutes FOR UPDATE.
    Conflict if the zone has no such days, if the draft has changed since, or if the sitting is
    open again.
    """
    minutes = writers_minutes(tx, minutes_id, Permission.CIRCULATE_MINUTES)
    if minutes.circulated_at is not None:
        return minutes
    zone = zone_of(tx.session, minutes)
    if not is_circulated_in(zone):
        raise Conflict(_("This zone gives no days for corrections: approve the minutes."))
    tx.session.refresh(minutes.sitting, ["state"])
    if minutes.sitting.state is not SittingState.CLOSED:
        raise Conflict(_("The sitting is open again: go on once it is closed."))
    if minutes.version != version:
        raise Conflict(_("The draft has changed meanwhile: read it again, then go on."))
    until = tx.today + timedelta(days=zone.correction_days)
    minutes.circulated_at, minutes.corrections_until = tx.now, until
    circulated = MinutesCirculated(minutes_id=minutes.id, version=version, until=until)
    tx.record(minutes_stream(minutes.sitting_id), circulated)
    return minutes


def recall_minutes(tx: Transaction, *, minutes_id: int) -> Minutes:
    """Take a draft back from those present, to change it; their requests stay. Idempotent.

    It is put before them anew, for all the days. Locks the minutes FOR UPDATE.
    """
    minutes = writers_minutes(tx, minutes_id, Permission.RECALL_MINUTES)
    if minutes.circulated_at is None:
        return minutes
    minutes.circulated_at = minutes.corrections_until = None
    minutes.endorsed_by = minutes.endorsed_version = None
    tx.record(minutes_stream(minutes.sitting_id), MinutesRecalled(minutes_id=minutes.id))
    return minutes
