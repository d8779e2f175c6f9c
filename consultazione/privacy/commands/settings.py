"""How long a zone keeps data, and its register of processing (GDPR, art. 30)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.privacy.events import ActivityRecorded, ActivityRemoved, PrivacyChanged
from consultazione.privacy.models import Activity, LeftTexts, PrivacySettings
from consultazione.zones.events import zone_stream

# A field of an event that is called otherwise than its column: names of people never stand there.
_FIELDS = {"name": "activity"}


def change_privacy(
    tx: Transaction,
    *,
    zone_id: int,
    left_texts: LeftTexts,
    mail_days: int,
    security_days: int,
    link_days: int,
    job_days: int,
) -> PrivacySettings:
    """Change how long data is kept, and what becomes of the texts of those who leave."""
    require(tx.actor, Permission.CHANGE_PRIVACY, zone_id=zone_id)
    said: Any = {
        "left_texts": left_texts,
        "mail_days": mail_days,
        "security_days": security_days,
        "link_days": link_days,
        "job_days": job_days,
    }
    settings = tx.session.merge(PrivacySettings(zone_id=zone_id, **said))
    tx.record(zone_stream(zone_id), PrivacyChanged(**said))
    return settings


def record_activity(
    tx: Transaction, *, zone_id: int, activity_id: int | None = None, **told: str
) -> Activity:
    """Enter an activity in the register, or change what it says; return it.

    told: the columns of `Activity` that a person fills in. Locks it FOR UPDATE. NotFound if there
    is none in the zone, or none any more.
    """
    require(tx.actor, Permission.RECORD_ACTIVITY, zone_id=zone_id)
    activity = Activity(zone_id=zone_id) if activity_id is None else _locked(tx, activity_id)
    if activity.zone_id != zone_id:
        raise _no_such()
    for name, words in told.items():
        setattr(activity, name, words)
    activity.changed_at = tx.now
    tx.session.add(activity)
    tx.flush()
    texts = {_FIELDS.get(name, name): FreeText(words) for name, words in told.items()}
    tx.record(zone_stream(zone_id), ActivityRecorded(activity_id=activity.id, **texts))
    return activity


def remove_activity(tx: Transaction, *, activity_id: int) -> Activity:
    """Take an activity out of the register; what it said stays in the log.

    Locks it FOR UPDATE. NotFound if there is none, or none any more.
    """
    activity = _locked(tx, activity_id)
    require(tx.actor, Permission.REMOVE_ACTIVITY, zone_id=activity.zone_id)
    activity.removed_at = tx.now
    tx.record(zone_stream(activity.zone_id), ActivityRemoved(activity_id=activity.id))
    return activity


def _locked(tx: Transaction, activity_id: int) -> Activity:
    activity = tx.session.get(Activity, activity_id, with_for_update=True, populate_existing=True)
    if activity is None or activity.removed_at is not None:
        raise _no_such()
    return activity


def _no_such() -> NotFound:
    return NotFound(_("There is no such activity."))
