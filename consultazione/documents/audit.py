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

# Kinds whose documents stand in the tables of their features.
_KEPT_ELSEWHERE = {"minutes", "outcome"}


def _content(entry: Past, _said: Said) -> object:
    is_elsewhere = entry.data["document_kind"] in _KEPT_ELSEWHERE
    return None if is_elsewhere else Hashed(entry.data["digest"])


def _subject(entry: Past, _said: Said) -> object:
    return entry.stream


_NUMBER = {"zone_id": OF_STREAM, "kind": "document_kind", "year": "year"}
_NOT_ANNULLED = {"annulled_at": None, "annulled_by": None, "annulled_reason": None}
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
    sets("document.redacted", id="registration_id", content=hashed("digest")),
    begun=False,
    untold=_NOT_ANNULLED,
)
COUNTER = Audit(RegisterCounter, adds("document.registered", **_NUMBER, last="number"), begun=False)
SEAL = Audit(
    DocumentSeal,
    adds(
        "document.sealed",
        subject=_subject,
        document_digest="digest",
        content=hashed("sha256"),
        sha256="sha256",
        fingerprint="certificate",
        demo="demo",
        sealed_at=AT,
    ),
    drops(("minutes.edition_issued", "outcome.edition_issued"), subject=_subject),
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
register("minutes", "outcome", audits=(SEAL,), apart=True)
register("minutes", "outcome", "register", audits=(EDITION,), apart=True)
