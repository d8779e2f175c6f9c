"""Who writes the easy-to-read summary of a document: who may write the document itself."""

from __future__ import annotations

from consultazione.core.actor import Actor
from consultazione.core.permissions import Permission, may, require
from consultazione.documents.easy.subjects import Original


def may_explain(actor: Actor, permission: Permission, original: Original) -> bool:
    """True for the facilitators of the table, the plan office, and who was named to write it."""
    return may(actor, permission, **_place(original))


def require_explainer(actor: Actor, permission: Permission, original: Original) -> None:
    """NotAllowed, with the roles that would do, unless `may_explain`."""
    require(actor, permission, **_place(original))


def _place(original: Original) -> dict[str, int | None]:
    """Where the rights of its writer hold, and who has them besides."""
    return {
        "zone_id": original.zone_id,
        "table_id": original.table_id,
        "named": original.writer_id,
    }
