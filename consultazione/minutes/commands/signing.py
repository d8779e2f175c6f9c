"""Signing approved minutes, and freezing the copy of them that is signed as a file."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.documents.signatures.keeping import freeze_copy, keep_signature
from consultazione.documents.signatures.models import SigningCopy
from consultazione.documents.signatures.prepared import prepared
from consultazione.documents.typesetting import typeset
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.locking import locked_minutes
from consultazione.minutes.models import Minutes, MinutesPdf
from consultazione.minutes.pdf import asked_for_copy
from consultazione.minutes.signing.events import MinutesCopyFrozen, MinutesSigned
from consultazione.minutes.signing.models import MinutesSignature
from consultazione.minutes.signing.signers import is_renewed, require_signer


def sign_minutes(
    tx: Transaction, *, minutes_id: int, digest: str, method: str, proof: Any
) -> MinutesSignature:
    """Sign approved minutes as the chair, or as who wrote them; before or after publication.

    digest: SHA-256 (hex) of the document that was shown. proof: what the signing method has made
    of what the person gave. Once all have signed before the publication, the PDF makes room for one
    that says so. Locks the minutes FOR UPDATE. NotFound if there are none; NotAllowed
    for anybody else; Conflict if they are not approved, if the person has signed them, or if the
    digest is not that of the document; Invalid if the proof fails.
    """
    minutes = locked_minutes(tx, minutes_id, Permission.SIGN_MINUTES)
    person_id = acting_person(tx.actor)
    role = require_signer(tx.session, minutes, person_id)
    if digest != minutes.digest:
        raise Conflict(_("This is not the document that you were shown: read it again."))
    kept = keep_signature(tx, digest=digest, method=method, proof=proof)
    signature = MinutesSignature(
        minutes_id=minutes.id, person_id=person_id, role=role, signature_id=kept.id
    )
    tx.session.add(signature)
    tx.flush()
    renews_pdf = is_renewed(tx.session, minutes)
    if renews_pdf:
        tx.session.execute(delete(MinutesPdf).where(MinutesPdf.minutes_id == minutes.id))
        minutes.pdf_sha256 = None
    signed = MinutesSigned(
        minutes_id=minutes.id,
        sitting_id=minutes.sitting_id,
        role=role,
        digest=digest,
        method=method,
        signature_id=kept.id,
        certificate=kept.report.get("fingerprint"),
        chain=kept.report.get("chain"),
        renews_pdf=renews_pdf,
    )
    tx.record(minutes_stream(minutes.sitting_id), signed)
    return signature


def freeze_minutes_copy(tx: Transaction, *, minutes_id: int, public_url: str) -> SigningCopy | None:
    """The copy of approved minutes to be signed, written and frozen if there is none yet.

    Idempotent. It is set before the minutes are locked FOR UPDATE, so that nobody waits for it;
    None if an order replaced the document meanwhile, whose new edition has a job of its own.
    public_url: this site's address, printed in the copy. NotFound if there are no such approved
    minutes; CannotTypeset if the copy cannot be made.
    """
    minutes = tx.session.get(Minutes, minutes_id)
    if minutes is None or minutes.digest is None:
        raise NotFound(_("There are no such minutes, or they have not been approved yet."))
    table, digest = minutes.sitting.table, minutes.digest
    require(tx.actor, Permission.FREEZE_MINUTES_COPY, zone_id=table.zone_id, table_id=table.id)
    if (frozen := tx.session.get(SigningCopy, digest)) is not None:
        return frozen
    content = prepared(typeset(asked_for_copy(minutes, public_url)))
    tx.session.refresh(minutes, ["digest"], with_for_update=True)
    frozen = tx.session.get(SigningCopy, digest, populate_existing=True)
    if frozen is not None or minutes.digest != digest:
        return frozen
    copy = freeze_copy(tx, digest=digest, content=content)
    told = MinutesCopyFrozen(
        minutes_id=minutes.id, sitting_id=minutes.sitting_id, digest=digest, sha256=copy.sha256
    )
    tx.record(minutes_stream(minutes.sitting_id), told)
    return copy
