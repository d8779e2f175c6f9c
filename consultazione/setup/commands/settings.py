"""Changing a zone: its settings, its logo, its bodies; each change is an entry of the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.incoming.frame_hosts import read_hosts
from consultazione.core.permissions import Permission, require
from consultazione.zones.commands.setting_up import NewBody
from consultazione.zones.events import BodyAdded, BodyRemoved, ZoneChanged, ZoneSetting, zone_stream
from consultazione.zones.locking import locked_zone
from consultazione.zones.models import Body, Zone

_MAY_BE_NONE = frozenset(ZoneSetting) - {
    ZoneSetting.NAME, ZoneSetting.LEAD_BODY, ZoneSetting.PRESENTATION, ZoneSetting.COLOUR,
    ZoneSetting.SIGN_OFF_RULE, ZoneSetting.WITHOUT_QUORUM, ZoneSetting.SIGN_OFF_DAYS,
    ZoneSetting.FOUR_EYES, ZoneSetting.CHAT_KEPT, ZoneSetting.CORRECTION_DAYS,
    ZoneSetting.APPROVAL_WAY,
}  # fmt: skip


def change_zone(tx: Transaction, *, zone_id: int, **values: Any) -> Zone:
    """Give a zone other settings, by the names of `ZoneSetting`; those alike stay unrecorded.

    An empty contact or link means that there is none. Locks the zone FOR UPDATE. NotFound if
    there is no such zone; Invalid on `frame_hosts` for what is no name of a site.
    """
    require(tx.actor, Permission.CHANGE_ZONE, zone_id=zone_id)
    zone = locked_zone(tx, zone_id)
    if values.get("frame_hosts"):
        values["frame_hosts"] = "\n".join(read_hosts(values["frame_hosts"]))
    for setting in ZoneSetting:
        if setting.value in values:
            _change(tx, zone, setting, values[setting.value])
    return zone


def change_logo(tx: Transaction, *, zone_id: int, logo: str | None) -> Zone:
    """Give a zone another logo, by the SHA-256 of the stored picture, or none.

    Locks the zone FOR UPDATE. NotFound if there is no such zone.
    """
    require(tx.actor, Permission.CHANGE_LOGO, zone_id=zone_id)
    zone = locked_zone(tx, zone_id)
    _change(tx, zone, ZoneSetting.LOGO, logo)
    return zone


def change_bodies(tx: Transaction, *, zone_id: int, bodies: Sequence[NewBody]) -> Zone:
    """Let these be the bodies that define a zone's plan: new ones are added, missing ones removed.

    Locks the zone FOR UPDATE. NotFound if there is no such zone; Conflict if a body that is
    missing is in use.
    """
    require(tx.actor, Permission.CHANGE_BODIES, zone_id=zone_id)
    zone = locked_zone(tx, zone_id)
    query = select(Body).where(Body.zone_id == zone_id).order_by(Body.id)
    there = {(body.name, body.kind): body for body in tx.session.scalars(query)}
    wanted = {(body.name, body.kind) for body in bodies}
    for key, body in there.items():
        if key not in wanted:
            _remove(tx, body)
    for new in bodies:
        if (new.name, new.kind) not in there:
            _add(tx, zone_id, new)
    return zone


def _change(tx: Transaction, zone: Zone, setting: ZoneSetting, value: Any) -> None:
    new = (value or None) if setting in _MAY_BE_NONE else value
    was = getattr(zone, setting.value)
    if new == was:
        return
    setattr(zone, setting.value, new)
    changed = ZoneChanged(zone_id=zone.id, setting=setting, was=_said(was), now=_said(new))
    tx.record(zone_stream(zone.id), changed)


def _said(value: Any) -> FreeText:
    """The value of a setting as the log has it."""
    if isinstance(value, bool):
        return FreeText("yes" if value else "no")
    return FreeText("" if value is None else str(value))


def _add(tx: Transaction, zone_id: int, new: NewBody) -> None:
    body = Body(zone_id=zone_id, name=new.name, kind=new.kind)
    tx.session.add(body)
    tx.flush()
    added = BodyAdded(body_id=body.id, body_kind=new.kind, title=FreeText(new.name))
    tx.record(zone_stream(zone_id), added)


def _remove(tx: Transaction, body: Body) -> None:
    removed = BodyRemoved(body_id=body.id, title=FreeText(body.name))
    try:
        with tx.session.begin_nested():
            tx.session.delete(body)
    except IntegrityError as error:
        raise Conflict(
            _(
                "“%(name)s” is named by other parts of the plan and cannot be removed.",
                name=removed.title,
            )
        ) from error
    tx.record(zone_stream(body.zone_id), removed)
