"""What orders of erasure, the editions that they replaced and destroyed files say by the log."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    ACTOR,
    AT,
    OF_STREAM,
    Audit,
    Is,
    Past,
    Said,
    adds,
    register,
)
from consultazione.core.audit.rules import Rule
from consultazione.core.incoming.erased_files import ErasedFile
from consultazione.documents.editions import DocumentEdition
from consultazione.erasure.models import ErasureOrder

ORDER = Audit(
    ErasureOrder,
    adds(
        "erasure.ordered",
        id="order_id",
        zone_id=OF_STREAM,
        number="number",
        ground="ground",
        reference="reference",
        decided_on="decided_on",
        made_at=AT,
        made_by=ACTOR,
        texts="rows",
        entries="entries",
        documents="documents",
    ),
)
FILE = Audit(
    ErasedFile, adds("file.erased", sha256="sha256", order_id="order_id", erased_at=AT)
)


def _before(entry: Past, _said: Said) -> int:
    return int(entry.data["edition"]) - 1


def _replaces(kind: str, subject: str, subject_id: str, **columns: Any) -> Rule:
    return adds(
        kind,
        subject=Is(subject),
        subject_id=subject_id,
        number=_before,
        digest="former_sha256",
        replaced_at=AT,
        order_id="order_id",
        **columns,
    )


EDITION = Audit(
    DocumentEdition,
    _replaces("minutes.edition_issued", "minutes", "minutes_id"),
    _replaces("outcome.edition_issued", "outcome", "outcome_id"),
    _replaces("document.redacted", "registered_document", "registration_id"),
    key=("subject", "subject_id", "number"),
)

register("zone", audits=(ORDER, FILE))
register("minutes", "outcome", "register", audits=(EDITION,))
