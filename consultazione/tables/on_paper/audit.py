"""What texts that came on paper must say by the log of their table."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, adds, register
from consultazione.tables.on_paper.models import PaperText

PAPER = Audit(
    PaperText,
    adds(
        "paper_text.entered",
        id="paper_id",
        table_id="table_id",
        person_id="person_id",
        kind="text_kind",
        received_on="received_on",
        received_at="received_at",
        entered_by=ACTOR,
        entered_at=AT,
    ),
)

register("table", audits=(PAPER,), apart=True)
