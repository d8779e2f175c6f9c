"""From draft to public document: approving, sealing as a PDF, publishing."""

from __future__ import annotations

import hashlib
from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.documents.register import note_file
from consultazione.minutes.answers_due import check_due_on
from consultazione.minutes.corrections.four_eyes import require_second_person
from consultazione.minutes.corrections.freezing import freeze, require_ready, require_way
from consultazione.minutes.events import (
    MinutesPublished,
    MinutesSealed,
    minutes_stream,
)
from consultazione.minutes.kind import MINUTES
from consultazione.minutes.locking import locked_draft, locked_minutes
from consultazione.minutes.models import Minutes, MinutesPdf, MinutesState
from consultazione.minutes.pdf import sealed
from consultazione.minutes.signing.said import said_of_signatures
from consultazione.zones.models import ApprovalWay


def approve_minutes(tx: Transaction, *, minutes_id: int, version: int) -> Minutes:
    """Approve the draft as its chair, where the zone leaves it to the chair, and freeze it.

    Locks the minutes FOR UPDATE. version: the version of the draft that was read. Conflict as in
    `require_ready`, if the minutes are approved already, or if the zone approves in another way;
    NotAllowed for who completed the draft, where the zone asks for four eyes.
    """
    minutes = locked_draft(tx, minutes_id, Permission.APPROVE_MINUTES)
    require_second_person(tx, minutes)
    require_way(tx, minutes, ApprovalWay.CHAIR)
    require_ready(tx, minutes, version)
    return freeze(tx, minutes, way=ApprovalWay.CHAIR, by=tx.actor.display_name)


def seal_minutes(tx: Transaction, *, minutes_id: int, public_url: str) -> Minutes:
    """Write and store the PDF of approved minutes. Idempotent.

    Locks the minutes FOR UPDATE. public_url: this site's address, printed in the PDF for
    verification.
    """
    minutes = locked_minutes(tx, minutes_id, Permission.SEAL_MINUTES)
    if minutes.pdf_sha256 is not None:
        return minutes
    content = sealed(minutes, public_url, said_of_signatures(tx.session, minutes))
    tx.session.add(MinutesPdf(minutes_id=minutes.id, content=content, sealed_at=tx.now))
    minutes.pdf_sha256 = hashlib.sha256(content).hexdigest()
    note_file(tx, MINUTES, minutes.id, minutes.pdf_sha256)
    tx.record(
        minutes_stream(minutes.sitting_id),
        MinutesSealed(
            minutes_id=minutes.id, sitting_id=minutes.sitting_id, pdf_sha256=minutes.pdf_sha256
        ),
    )
    return minutes


def publish_minutes(
    tx: Transaction, *, minutes_id: int, answers_due_on: date | None = None
) -> Minutes:
    """Publish approved and sealed minutes; a worker then opens the outcome.

    answers_due_on: the last day on which unions can answer; the zone's number of days counts if
    it is left out. Locks the minutes FOR UPDATE. Conflict if they are published already, not
    approved, or not sealed yet; Invalid on `answers_due_on` for a day that is
    not to come or is over a year away.
    """
    minutes = locked_minutes(tx, minutes_id, Permission.PUBLISH_MINUTES)
    if minutes.state is MinutesState.PUBLISHED:
        raise Conflict(_("These minutes are published already."))
    if minutes.digest is None:
        raise Conflict(_("Approve the minutes first, then publish them."))
    if minutes.pdf_sha256 is None:
        raise Conflict(_("The PDF is still being written: publish the minutes in a moment."))
    if answers_due_on is not None:
        check_due_on(answers_due_on, tx.today, field="answers_due_on")
    minutes.state = MinutesState.PUBLISHED
    minutes.published_at = tx.now
    tx.record(
        minutes_stream(minutes.sitting_id),
        MinutesPublished(
            minutes_id=minutes.id,
            sitting_id=minutes.sitting_id,
            digest=minutes.digest,
            answers_due_on=answers_due_on,
        ),
    )
    return minutes
