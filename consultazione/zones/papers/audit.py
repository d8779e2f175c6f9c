"""What attached documents must say by the zone's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    Audit,
    Is,
    adds,
    register,
    sets,
)
from consultazione.zones.papers.models import Attachment

_ATTACHMENT = {"id": "attachment_id"}
ATTACHMENT = Audit(
    Attachment,
    adds(
        "document.attached",
        **_ATTACHMENT,
        act_id="act_id",
        gathering_id="gathering_id",
        title="title",
        sha256="sha256",
        uploaded_at=AT,
        withdrawn_at=Is(None),
        withdrawn_reason=Is(None),
    ),
    sets("document.withdrawn", **_ATTACHMENT, withdrawn_at=AT, withdrawn_reason="reason"),
)

register("zone", audits=(ATTACHMENT,), apart=True)
