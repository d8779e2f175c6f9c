"""Commands of the stock phrases that a zone keeps for the minutes of all its tables."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.sittings.record.events import (
    ZonePhraseAdded,
    ZonePhraseChanged,
    ZonePhraseRetired,
)
from consultazione.sittings.record.models import ZonePhrase
from consultazione.sittings.record.phrases import STOCK
from consultazione.zones.events import zone_stream
from consultazione.zones.locking import locked_zone

# How many phrases a zone can have that are not retired.
MOST_ZONE_PHRASES = 100


def add_zone_phrase(tx: Transaction, *, zone_id: int, body: str) -> ZonePhrase:
    """Add a stock phrase to those of a zone, and return it.

    Locks the zone FOR UPDATE. NotFound if there is none; Invalid on `body` for a phrase that is
    offered already; Conflict if the zone has MOST_ZONE_PHRASES.
    """
    locked_zone(tx, zone_id)
    require(tx.actor, Permission.ADD_ZONE_PHRASE, zone_id=zone_id)
    offered = _offered(tx, zone_id)
    _check_new(offered, body)
    if len(offered) >= MOST_ZONE_PHRASES:
        raise Conflict(_("The zone has many phrases of its own: retire one first."))
    phrase = ZonePhrase(zone_id=zone_id, body=body)
    tx.session.add(phrase)
    tx.flush()
    tx.record(zone_stream(zone_id), ZonePhraseAdded(phrase_id=phrase.id, body=FreeText(body)))
    return phrase


def change_zone_phrase(
    tx: Transaction, *, zone_phrase_id: int, body: str, version: int
) -> ZonePhrase:
    """Put a stock phrase of a zone in other words, and return it; idempotent for the same words.

    version: the one that was read. Locks the zone, and it, FOR UPDATE. NotFound if there is none;
    Conflict if it is retired, or if somebody has changed it since, whose words stay; Invalid on
    `body` for a phrase that is offered already.
    """
    phrase = _locked(tx, zone_phrase_id, Permission.CHANGE_ZONE_PHRASE)
    if phrase.body == body:
        return phrase
    if phrase.retired_at is not None:
        raise Conflict(_("This phrase is retired: add it anew."))
    if phrase.version != version:
        told = _("Somebody has changed this phrase meanwhile: read it again.")
        raise Conflict(told, fields={"version": [told]})
    _check_new(_offered(tx, phrase.zone_id), body)
    phrase.body, phrase.version = body, phrase.version + 1
    changed = ZonePhraseChanged(phrase_id=phrase.id, body=FreeText(body))
    tx.record(zone_stream(phrase.zone_id), changed)
    return phrase


def retire_zone_phrase(tx: Transaction, *, zone_phrase_id: int) -> ZonePhrase:
    """Retire a stock phrase of a zone, which minutes that use it keep; idempotent.

    Locks the zone, and it, FOR UPDATE. NotFound if there is none.
    """
    phrase = _locked(tx, zone_phrase_id, Permission.RETIRE_ZONE_PHRASE)
    if phrase.retired_at is None:
        phrase.retired_at = tx.now
        tx.record(zone_stream(phrase.zone_id), ZonePhraseRetired(phrase_id=phrase.id))
    return phrase


def _locked(tx: Transaction, zone_phrase_id: int, permission: Permission) -> ZonePhrase:
    """A phrase as it is now. The zone is locked first, so that no two say the same."""
    phrase = tx.session.get(ZonePhrase, zone_phrase_id)
    if phrase is None:
        raise NotFound(_("There is no such phrase."))
    require(tx.actor, permission, zone_id=phrase.zone_id)
    locked_zone(tx, phrase.zone_id)
    tx.session.refresh(phrase, with_for_update=True)
    return phrase


def _offered(tx: Transaction, zone_id: int) -> set[str]:
    query = select(ZonePhrase.body).filter_by(zone_id=zone_id, retired_at=None)
    return set(tx.session.scalars(query))


def _check_new(offered: set[str], body: str) -> None:
    if body in offered or body in STOCK:
        raise Invalid.at("body", _("This phrase is offered already: write another."))
