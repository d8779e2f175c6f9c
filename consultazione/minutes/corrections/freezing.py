"""Freezing a draft under a digest, whoever approves it and how."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.documents.register import register_document, take_reference
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.types import Approval, ConclusionRow, RegisterNumber, Way
from consultazione.minutes.corrections.window import (
    is_circulated_in,
    is_over,
    open_requests,
    zone_of,
)
from consultazione.minutes.document import draft_document
from consultazione.minutes.events import MinutesApproved, minutes_stream
from consultazione.minutes.kind import MINUTES
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.sittings.models import SittingState
from consultazione.zones.models import ApprovalWay, WithoutQuorum


def require_ready(tx: Transaction, minutes: Minutes, version: int, *, ended: bool = True) -> None:
    """Conflict unless a draft, whose minutes are locked, can be approved now.

    version: the one that was read. The sitting is closed, the draft was before those present where
    the zone wants that, and every request is decided. ended: whether the days for corrections must
    be over; a table that meets may approve before.
    """
    tx.session.refresh(minutes.sitting, ["state"])
    if minutes.sitting.state is not SittingState.CLOSED:
        raise Conflict(_("The sitting is open again: approve its minutes once it is closed."))
    if minutes.version != version:
        raise Conflict(_("The draft has changed meanwhile: read it again, then approve it."))
    if open_requests(tx.session, minutes):
        raise Conflict(_("Requests for correction are open: decide them first."))
    if not is_circulated_in(zone_of(tx.session, minutes)):
        return
    if minutes.circulated_at is None:
        raise Conflict(_("Put the draft before those who were at the sitting first."))
    if ended and not is_over(minutes, tx.today):
        raise Conflict(_("Those who were at the sitting can still ask for corrections."))


def require_way(tx: Transaction, minutes: Minutes, way: ApprovalWay) -> None:
    """Conflict unless the zone approves its minutes in this way."""
    if zone_of(tx.session, minutes).approval_way is not way:
        raise Conflict(_("In this zone minutes are approved in another way."))


def freeze(
    tx: Transaction,
    minutes: Minutes,
    *,
    way: ApprovalWay,
    by: str,
    how: str = "",
    point_id: int | None = None,
    poll_id: int | None = None,
) -> Minutes:
    """Freeze the document of a draft that is ready, number it, and record that it is approved.

    by: who approved it, as the document names them. how: a sentence that says more; empty for
    none. point_id, poll_id: where the table approved it, and by which vote. Conclusions without a
    valid vote or a quorum are held back, where the zone wants that.
    """
    said: Way = {"how": how} if how else {}
    approved: Approval = {**wording.moment(tx.now), **said, "by": by}
    draft = draft_document(minutes)
    held = _hold_back(tx, minutes, draft["conclusions"])
    zone_id = minutes.sitting.table.zone_id
    reference = take_reference(tx, zone_id, MINUTES)
    number: RegisterNumber = {"number": reference.number, "year": reference.year}
    minutes.document = {**draft, "approved": approved, "register": number}
    minutes.digest = sha256_of(minutes.document)
    minutes.state = MinutesState.APPROVED
    minutes.approved_at, minutes.approved_by = tx.now, tx.actor.person_id
    minutes.approved_point_id = point_id
    tx.record(
        minutes_stream(minutes.sitting_id),
        MinutesApproved(
            minutes_id=minutes.id,
            sitting_id=minutes.sitting_id,
            digest=minutes.digest,
            held=held,
            way=way,
            point_id=point_id,
            poll_id=poll_id,
        ),
    )
    register_document(
        tx, zone_id, MINUTES, object_id=minutes.id, digest=minutes.digest, reference=reference
    )
    return minutes


def _hold_back(tx: Transaction, minutes: Minutes, rows: Sequence[ConclusionRow]) -> list[int]:
    """Mark as held what the zone holds back, and return the ids of these conclusions."""
    if zone_of(tx.session, minutes).without_quorum is not WithoutQuorum.HOLD:
        return []
    held = [row for row in rows if "warnings" in row]
    for row in held:
        row["held"] = True
    ids = [row["id"] for row in held]
    for conclusion in minutes.conclusions:
        conclusion.held = conclusion.id in ids
    return ids
