"""From draft to public document: approving, sealing as a PDF, publishing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.documents.register import note_file, register_document
from consultazione.minutes.answers_due import check_due_on
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.types import Approval, ConclusionRow
from consultazione.minutes.document import draft_document
from consultazione.minutes.events import (
    MinutesApproved,
    MinutesPublished,
    MinutesSealed,
    minutes_stream,
)
from consultazione.minutes.four_eyes import require_second_person
from consultazione.minutes.kind import MINUTES
from consultazione.minutes.locking import locked_draft, locked_minutes
from consultazione.minutes.models import Minutes, MinutesPdf, MinutesState
from consultazione.minutes.pdf import sealed
from consultazione.sittings.models import SittingState
from consultazione.zones.models import WithoutQuorum, Zone


def approve_minutes(tx: Transaction, *, minutes_id: int, version: int) -> Minutes:
    """Approve the draft, freeze its document under a digest, and give it its number.

    Conclusions without a valid vote or a quorum are held back, where the zone wants that. Locks
    the minutes FOR UPDATE. version: the version of the draft that was read; Conflict if it has
    changed since, if the minutes are approved already, or if the sitting is open again;
    NotAllowed for who completed the draft, where the zone asks for four eyes.
    """
    minutes = locked_draft(tx, minutes_id, Permission.APPROVE_MINUTES)
    require_second_person(tx, minutes)
    tx.session.refresh(minutes.sitting, ["state"])
    if minutes.sitting.state is not SittingState.CLOSED:
        raise Conflict(_("The sitting is open again: approve its minutes once it is closed."))
    if minutes.version != version:
        raise Conflict(_("The draft has changed meanwhile: read it again, then approve it."))
    approved: Approval = {**wording.moment(tx.now), "by": tx.actor.display_name}
    draft = draft_document(minutes)
    held = _hold_back(tx, minutes, draft["conclusions"])
    minutes.document = {**draft, "approved": approved}
    minutes.digest = sha256_of(minutes.document)
    minutes.state = MinutesState.APPROVED
    minutes.approved_at, minutes.approved_by = tx.now, tx.actor.person_id
    tx.record(
        minutes_stream(minutes.sitting_id),
        MinutesApproved(
            minutes_id=minutes.id, sitting_id=minutes.sitting_id, digest=minutes.digest, held=held
        ),
    )
    zone_id = minutes.sitting.table.zone_id
    register_document(tx, zone_id, MINUTES, object_id=minutes.id, digest=minutes.digest)
    return minutes


def _hold_back(tx: Transaction, minutes: Minutes, rows: Sequence[ConclusionRow]) -> list[int]:
    """Mark as held what the zone holds back, and return the ids of these conclusions."""
    zone = tx.session.get_one(Zone, minutes.sitting.table.zone_id)
    if zone.without_quorum is not WithoutQuorum.HOLD:
        return []
    held = [row for row in rows if "warnings" in row]
    for row in held:
        row["held"] = True
    ids = [row["id"] for row in held]
    for conclusion in minutes.conclusions:
        conclusion.held = conclusion.id in ids
    return ids


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
