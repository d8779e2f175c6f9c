"""What the register of documents and the seals must say by the log.

What was numbered when the register was begun stands in no entry.
"""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
    AT,
    OF_STREAM,
    Audit,
    Hashed,
    Is,
    Past,
    Rule,
    Said,
    adds,
    drops,
    hashed,
    register,
    sets,
)
from consultazione.documents.editions import DocumentEdition
from consultazione.documents.models import RegisterCounter, Registration
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.queries import subject_of

# Kinds whose documents stand in the tables of their features.
_KEPT_ELSEWHERE = {"minutes", "outcome"}


def _content(entry: Past, _said: Said) -> object:
    is_elsewhere = entry.data["document_kind"] in _KEPT_ELSEWHERE
    return None if is_elsewhere else Hashed(entry.data["digest"])


def _subject(entry: Past, _said: Said) -> object:
    return entry.stream


def _kept_subject(entry: Past, _said: Said) -> object:
    return subject_of(entry.data["registration_id"])


_SEALED = {
    "content": hashed("sha256"), "sha256": "sha256", "fingerprint": "certificate", "demo": "demo",
    "sealed_at": AT,
}  # fmt: skip
_NUMBER = {"zone_id": OF_STREAM, "kind": "document_kind", "year": "year"}
_AS_NUMBERED = dict.fromkeys(
    ("annulled_at", "annulled_by", "annulled_reason", "redacted_digest"), None
)
REGISTRATION = Audit(
    Registration,
    adds(
        "document.registered",
        **_NUMBER,
        id="registration_id",
        number="number",
        object_id="object_id",
        version="version",
        digest="digest",
        content=_content,
        registered_at=AT,
        registered_by=ACTOR,
    ),
    sets(
        "registration.annulled",
        id="registration_id",
        annulled_at=AT,
        annulled_by=ACTOR,
        annulled_reason="reason",
    ),
    sets(
        "document.redacted",
        id="registration_id",
        content=hashed("digest"),
        redacted_digest="digest",
    ),
    begun=False,
    untold=_AS_NUMBERED,
)
COUNTER = Audit(RegisterCounter, adds("document.registered", **_NUMBER, last="number"), begun=False)
SEAL = Audit(
    DocumentSeal,
    adds("document.sealed", subject=_subject, document_digest="digest", **_SEALED),
    adds("registration.sealed", subject=_kept_subject, document_digest="digest", **_SEALED),
    drops(("minutes.edition_issued", "outcome.edition_issued"), subject=_subject),
    drops("document.redacted", subject=_kept_subject),
    key=("subject",),
)


def _former(entry: Past, _said: Said) -> object:
    return entry.data["edition"] - 1


def _edition(kind: str, subject: str, subject_id: str) -> Rule:
    return adds(
        kind,
        subject=Is(subject),
        subject_id=subject_id,
        number=_former,
        digest="former_sha256",
        replaced_at=AT,
        order_id="order_id",
    )


EDITION = Audit(
    DocumentEdition,
    _edition("minutes.edition_issued", "minutes", "minutes_id"),
    _edition("outcome.edition_issued", "outcome", "outcome_id"),
    _edition("document.redacted", "registered_document", "registration_id"),
    key=("subject", "subject_id", "number"),
)

register("register", audits=(REGISTRATION, COUNTER), apart=True)
register("minutes", "outcome", "register", audits=(SEAL, EDITION), apart=True)
