"""From draft to public document: approving, sealing as a PDF, publishing."""

from __future__ import annotations

import hashlib

from flask_babel import lazy_gettext as _

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.types import Approval
from consultazione.minutes.document import draft_document
from consultazione.minutes.events import (
    MinutesApproved,
    MinutesPublished,
    MinutesSealed,
    minutes_stream,
)
from consultazione.minutes.four_eyes import require_second_person
from consultazione.minutes.locking import locked_draft, locked_minutes
from consultazione.minutes.models import Minutes, MinutesPdf, MinutesState
from consultazione.minutes.pdf import sealed


def approve_minutes(tx: Transaction, *, minutes_id: int, version: int) -> Minutes:
    """Approve the draft and freeze its document under a digest.

    Locks the minutes FOR UPDATE. version: the version of the draft that was read; Conflict if
    it has changed since, or if the minutes are approved already; NotAllowed for who completed
    the draft, where the zone asks for four eyes.
    """
    minutes = locked_draft(tx, minutes_id, Permission.APPROVE_MINUTES)
    require_second_person(tx, minutes)
    if minutes.version != version:
        raise Conflict(_("The draft has changed meanwhile: read it again, then approve it."))
    approved: Approval = {**wording.moment(tx.now), "by": tx.actor.display_name}
    minutes.document = {**draft_document(minutes), "approved": approved}
    minutes.digest = sha256_of(minutes.document)
    minutes.state = MinutesState.APPROVED
    minutes.approved_at, minutes.approved_by = tx.now, tx.actor.person_id
    tx.record(
        minutes_stream(minutes.sitting_id),
        MinutesApproved(
            minutes_id=minutes.id, sitting_id=minutes.sitting_id, digest=minutes.digest
        ),
    )
    return minutes


def seal_minutes(tx: Transaction, *, minutes_id: int, public_url: str) -> Minutes:
    """Write and store the PDF of approved minutes. Idempotent.

    Locks the minutes FOR UPDATE. public_url: this site's address, printed in the PDF for
    verification.
    """
    minutes = locked_minutes(tx, minutes_id, Permission.SEAL_MINUTES)
    if minutes.pdf_sha256 is not None:
        return minutes
    content = sealed(minutes, public_url)
    tx.session.add(MinutesPdf(minutes_id=minutes.id, content=content, sealed_at=tx.now))
    minutes.pdf_sha256 = hashlib.sha256(content).hexdigest()
    tx.record(
        minutes_stream(minutes.sitting_id),
        MinutesSealed(
            minutes_id=minutes.id, sitting_id=minutes.sitting_id, pdf_sha256=minutes.pdf_sha256
        ),
    )
    return minutes


def publish_minutes(tx: Transaction, *, minutes_id: int) -> Minutes:
    """Publish approved and sealed minutes; a worker then opens the outcome.

    Locks the minutes FOR UPDATE. Conflict if they are published already, not approved, or not
    sealed yet.
    """
    minutes = locked_minutes(tx, minutes_id, Permission.PUBLISH_MINUTES)
    if minutes.state is MinutesState.PUBLISHED:
        raise Conflict(_("These minutes are published already."))
    if minutes.digest is None:
        raise Conflict(_("Approve the minutes first, then publish them."))
    if minutes.pdf_sha256 is None:
        raise Conflict(_("The PDF is still being written: publish the minutes in a moment."))
    minutes.state = MinutesState.PUBLISHED
    minutes.published_at = tx.now
    tx.record(
        minutes_stream(minutes.sitting_id),
        MinutesPublished(
            minutes_id=minutes.id, sitting_id=minutes.sitting_id, digest=minutes.digest
        ),
    )
    return minutes
