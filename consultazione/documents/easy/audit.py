"""What easy-to-read summaries must say by the stream of the register."""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
    AT,
    OF_STREAM,
    Audit,
    Is,
    adds,
    register,
    sets,
)
from consultazione.documents.easy.models import EasySummary

EASY_SUMMARY = Audit(
    EasySummary,
    adds(
        "easy_summary.written",
        id="summary_id",
        zone_id=OF_STREAM,
        subject="document_kind",
        object_id="object_id",
        body="body",
        digest="digest",
        version="version",
        written_by=ACTOR,
        written_at=AT,
        withdrawn_at=Is(None),
    ),
    sets("easy_summary.withdrawn", id="summary_id", withdrawn_at=AT),
)

register("register", audits=(EASY_SUMMARY,), apart=True)
