"""Commands that attach materials to the points of an agenda, before and during the sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.agenda.events import MaterialDetached
from consultazione.sittings.agenda.models import PointMaterial
from consultazione.sittings.agenda.steps import attach, require_material
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.locking import lock_point, require_at, require_not_closed

# How many materials one point can have.
MOST_OF_POINT = 20


def attach_material(tx: Transaction, *, point_id: int, material_id: int) -> None:
    """Attach a material to a point; idempotent.

    Locks the sitting FOR UPDATE. Invalid unless the material is the table's or the sitting's,
    and not withdrawn.
    Conflict once the sitting is closed, or if the point has MOST_OF_POINT materials.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.ATTACH_MATERIAL, sitting)
    require_not_closed(sitting)
    material = require_material(tx, sitting, material_id)
    if tx.session.get(PointMaterial, (point.id, material.id)) is not None:
        return
    attached = select(func.count()).where(PointMaterial.point_id == point.id)
    if (tx.session.scalar(attached) or 0) >= MOST_OF_POINT:
        raise Conflict(_("Many documents stand beside this point already: take one away first."))
    attach(tx, point, material)


def detach_material(tx: Transaction, *, point_id: int, material_id: int) -> None:
    """Detach a material from a point; idempotent.

    Locks the sitting FOR UPDATE. Conflict once the sitting is closed.
    """
    point, sitting = lock_point(tx, point_id)
    require_at(tx, Permission.DETACH_MATERIAL, sitting)
    require_not_closed(sitting)
    attachment = tx.session.get(PointMaterial, (point.id, material_id))
    if attachment is not None:
        tx.session.delete(attachment)
        tx.record(
            sitting_stream(sitting.id),
            MaterialDetached(point_id=point.id, material_id=material_id),
        )
