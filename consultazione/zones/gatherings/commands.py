"""Commands on gatherings: announcing one, changing what was announced, calling it off."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.web_address import read_address
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import require_latest
from consultazione.zones.events import zone_stream
from consultazione.zones.gatherings.events import (
    GATHERING_DETAILS,
    GatheringAnnounced,
    GatheringCalledOff,
    GatheringRevised,
)
from consultazione.zones.gatherings.models import Gathering, GatheringKind
from consultazione.zones.queries import get_cycle

_ANNOUNCED = ("kind", "title", "description", "starts_at", "ends_at", "place", "url")


def announce_gathering(
    tx: Transaction,
    *,
    cycle_id: int,
    kind: GatheringKind,
    title: str,
    starts_at: datetime,
    place: str,
    description: str = "",
    ends_at: datetime | None = None,
    url: str | None = None,
    demo: bool = False,
) -> Gathering:
    """Announce a conference, a seminar or an assembly, and return it.

    NotFound if there is no such cycle; Invalid if it ends before it begins, or on `url` unless
    that is an https address.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.ANNOUNCE_GATHERING, zone_id=cycle.zone_id)
    _check_interval(starts_at, ends_at)
    gathering = Gathering(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        kind=kind,
        title=title,
        description=description,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        url=_read_url(url),
        demo=demo,
    )
    tx.session.add(gathering)
    tx.flush()
    announced = GatheringAnnounced(
        gathering_id=gathering.id,
        gathering_kind=kind,
        starts_at=starts_at,
        cycle_id=cycle.id,
        details=GATHERING_DETAILS.of(gathering),
    )
    tx.record(zone_stream(cycle.zone_id), announced)
    return gathering


def revise_gathering(
    tx: Transaction,
    *,
    gathering_id: int,
    revision: int,
    kind: GatheringKind,
    title: str,
    starts_at: datetime,
    place: str,
    description: str = "",
    ends_at: datetime | None = None,
    url: str | None = None,
) -> Gathering:
    """Change what was announced, and return the gathering.

    revision: the one that was read. Locks the gathering FOR UPDATE. NotFound if there is none;
    Conflict if it was called off or somebody has changed it since; Invalid as in
    `announce_gathering`.
    """
    gathering = _locked(tx, gathering_id, Permission.REVISE_GATHERING)
    now = {name: getattr(gathering, name) for name in _ANNOUNCED}
    require_latest(read=revision, version=gathering.revision, now=now)
    _check_interval(starts_at, ends_at)
    gathering.kind, gathering.title, gathering.description = kind, title, description
    gathering.starts_at, gathering.ends_at = starts_at, ends_at
    gathering.place, gathering.url = place, _read_url(url)
    gathering.revision += 1
    tx.record(
        zone_stream(gathering.zone_id),
        GatheringRevised(
            gathering_id=gathering.id,
            revision=gathering.revision,
            starts_at=starts_at,
            details=GATHERING_DETAILS.of(gathering),
        ),
    )
    return gathering


def call_off_gathering(tx: Transaction, *, gathering_id: int, reason: str) -> Gathering:
    """Say that a gathering does not take place, for a reason that everybody can read.

    Locks the gathering FOR UPDATE. NotFound if there is none; Conflict if it was called off.
    """
    gathering = _locked(tx, gathering_id, Permission.CALL_OFF_GATHERING)
    gathering.called_off_at, gathering.called_off_reason = tx.now, reason
    gathering.revision += 1
    tx.record(
        zone_stream(gathering.zone_id),
        GatheringCalledOff(gathering_id=gathering.id, reason=FreeText(reason)),
    )
    return gathering


def _locked(tx: Transaction, gathering_id: int, permission: Permission) -> Gathering:
    gathering = tx.session.get(Gathering, gathering_id, with_for_update=True)
    if gathering is None:
        raise NotFound(_("There is no such event."))
    require(tx.actor, permission, zone_id=gathering.zone_id)
    if gathering.called_off_at is not None:
        raise Conflict(_("This event was called off."))
    return gathering


def _check_interval(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid.at("ends_at", _("It ends before it begins."))


def _read_url(url: str | None) -> str | None:
    return read_address(url, field="url", example="https://www.comune.example.it/incontri/3")
