"""What the documents of mandates and the reminders must say by the log of their zone."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, adds, register
from consultazione.people.mandates.models import MandateDocument, MandateReminder

DOCUMENT = Audit(
    MandateDocument,
    adds(
        "mandate.document_added",
        id="document_id",
        mandate_id="mandate_id",
        proves="proves",
        sha256="sha256",
        added_at=AT,
        added_by=ACTOR,
    ),
)
REMINDER = Audit(
    MandateReminder, adds("mandate.end_announced", mandate_id="mandate_id", days="days", at=AT)
)

register("zone", audits=(DOCUMENT, REMINDER))
