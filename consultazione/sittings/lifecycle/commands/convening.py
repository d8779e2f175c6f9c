"""The command that convenes a sitting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.agenda.steps import attach_all, create_point, with_title
from consultazione.sittings.lifecycle.notice.issuing import issue_notice
from consultazione.sittings.lifecycle.steps import check_start, record_convened
from consultazione.sittings.locking import lock_sitting
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.sittings.quorums.steps import change_quorum
from consultazione.sittings.video.steps import store_video
from consultazione.tables.working import require_working, table_in_hand


def convene_sitting(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    place: str,
    starts_at: datetime,
    points: Sequence[NewPoint],
    quorum: QuorumTerms | None = None,
    video_url: str = "",
    start_confirmed: bool = False,
    second_of: int | None = None,
    places: int | None = None,
    demo: bool = False,
) -> Sitting:
    """Convene a sitting of a table with its agenda, and number its notice.

    Not idempotent; locks the table FOR SHARE. quorum: None for no quorum.
    video_url: an https address, or empty for no video.
    start_confirmed: whether a start that is past or far away is meant. second_of: the sitting
    of which this is the second convocation; locks it FOR UPDATE. places: how many the hall holds,
    for which people register; None for no limit. NotFound without the table or
    that sitting; Conflict if the table is closed, or if that sitting was held or has its second
    convocation; Invalid without a point, or for a past day, a wrong quorum, address or document.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.CONVENE_SITTING, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    check_start(tx, starts_at, confirmed=start_confirmed)
    if not points:
        raise Invalid.at("agenda", _("Write at least one point of the agenda."))
    if second_of is not None:
        _check_first(tx, second_of, table.id, starts_at)
    sitting = Sitting(
        table_id=table.id,
        title=title,
        place=place,
        starts_at=starts_at,
        state=SittingState.CONVENED,
        convened_at=tx.now,
        convened_by=tx.actor.person_id,
        second_of=second_of,
        places=places,
        demo=demo,
    )
    record_convened(tx, sitting)
    store_video(tx, sitting, video_url)
    for rank, new in enumerate(points, start=1):
        point = create_point(tx, sitting, with_title(tx, sitting, new), rank)
        attach_all(tx, sitting, point, new)
    change_quorum(tx, sitting, quorum or QuorumTerms())
    issue_notice(tx, sitting)
    return sitting


def _check_first(tx: Transaction, sitting_id: int, table_id: int, starts_at: datetime) -> None:
    """Lock the first convocation; refuse one that was held, or that has its second."""
    first = lock_sitting(tx, sitting_id)
    if first.table_id != table_id or first.rehearses is not None:
        raise NotFound(_("There is no such sitting at this table."))
    if first.state not in (SittingState.CONVENED, SittingState.CANCELLED):
        raise Conflict(_("Only a sitting that was not held has a second convocation."))
    if tx.session.scalar(select(Sitting.id).filter_by(second_of=first.id)) is not None:
        raise Conflict(_("The second convocation of this sitting has been made already."))
    if starts_at <= first.starts_at:
        raise Invalid.at("starts_at", _("Choose a moment after the first convocation."))
