"""What the signatures under minutes must say by the stream of the minutes."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, Audit, adds, register
from consultazione.minutes.signing.models import MinutesSignature

SIGNED = Audit(
    MinutesSignature,
    adds(
        "minutes.signed",
        minutes_id="minutes_id",
        person_id=ACTOR,
        role="role",
        signature_id="signature_id",
    ),
)

register("minutes", audits=(SIGNED,), apart=True)
