"""What breaks must say by the sitting's stream."""

from __future__ import annotations

from consultazione.core.audit import AT, OF_STREAM, Audit, Folded, Is, Past, adds, does, register
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.breaks.models import Suspension


def _resumed(rows: Folded, entry: Past) -> None:
    for key in rows.named(sitting_id=OF_STREAM(entry, {}), resumed_at=None):
        rows.say(key, entry, resumed_at=entry.at)


SUSPENSION = Audit(
    Suspension,
    adds(
        "sitting.suspended",
        sitting_id=OF_STREAM,
        suspended_at=AT,
        reason="reason",
        resumed_at=Is(None),
    ),
    does(("sitting.resumed", "sitting.closed"), _resumed),
    key=("sitting_id", "suspended_at"),
    only=Suspension.sitting_id < EPHEMERAL_FROM,
)

register("sitting", audits=(SUSPENSION,), apart=True)
