"""Putting materials right. Earlier files stay at addresses of their own, and are named as such.

Each command works in the caller's transaction and locks the material FOR UPDATE. All raise
NotFound if there is none, NotAllowed without the permission of the same name at its table, and
Conflict if it is withdrawn, or was changed since the version that was read.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import correct, revise
from consultazione.tables.events import (
    MaterialReplaced,
    MaterialRetitled,
    MaterialWithdrawn,
    table_stream,
)
from consultazione.tables.models import Material, ThematicTable


def replace_material(
    tx: Transaction, *, material_id: int, version: int, reason: str, file: StoredFile
) -> Material:
    """Put another stored file in the place of a document's, at every sitting and point it is for.

    Invalid on `file` if it is the same file.
    """
    material = _standing(tx, material_id, Permission.REPLACE_MATERIAL)
    if (material.sha256, material.file_name) == (file.sha256, file.name):
        raise Invalid.at("file", _("This file is there already: choose the new one."))
    after = {
        "file_name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "uploaded_at": tx.now,
    }
    replaced = correct(tx, material, version=version, reason=reason, after=after)
    tx.record(
        table_stream(material.table_id),
        MaterialReplaced(
            material_id=material.id,
            version=replaced.version,
            sha256=file.sha256,
            reason=FreeText(reason),
        ),
    )
    return material


def retitle_material(
    tx: Transaction, *, material_id: int, version: int, reason: str, title: str
) -> Material:
    """Correct the title of a document; Invalid on `title` if it is the same."""
    material = _standing(tx, material_id, Permission.RETITLE_MATERIAL)
    replaced = correct(tx, material, version=version, reason=reason, after={"title": title})
    tx.record(
        table_stream(material.table_id),
        MaterialRetitled(
            material_id=material.id,
            version=replaced.version,
            title=FreeText(title),
            reason=FreeText(reason),
        ),
    )
    return material


def withdraw_material(tx: Transaction, *, material_id: int, reason: str) -> Material:
    """Withdraw a document with all its versions, for a reason that everybody can read."""
    material = _standing(tx, material_id, Permission.WITHDRAW_MATERIAL)
    after = {"withdrawn_at": tx.now, "withdrawn_reason": reason}
    revise(tx, material, reason=reason, after=after)
    tx.record(
        table_stream(material.table_id),
        MaterialWithdrawn(material_id=material.id, reason=FreeText(reason)),
    )
    return material


def _standing(tx: Transaction, material_id: int, permission: Permission) -> Material:
    """A material that is not withdrawn, locked."""
    material = tx.session.get(Material, material_id, with_for_update=True, populate_existing=True)
    if material is None:
        raise NotFound(_("There is no such document."))
    table = tx.session.get_one(ThematicTable, material.table_id)
    require(tx.actor, permission, zone_id=table.zone_id, table_id=table.id)
    if material.withdrawn_at is not None:
        raise Conflict(_("This document is withdrawn already."))
    return material
