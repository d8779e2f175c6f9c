"""The command that convenes a sitting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission, require
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.agenda.steps import create_point, with_title
from consultazione.sittings.lifecycle.steps import record_convened
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
    demo: bool = False,
) -> Sitting:
    """Convene a sitting of a table with its agenda. Not idempotent; locks the table FOR SHARE.

    quorum: None for no quorum. video_url: an https address, or empty for no video. NotFound
    without the table; Conflict if it is closed; Invalid without a point, or for a past day, a
    wrong quorum or address.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.CONVENE_SITTING, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    _check_day(tx, starts_at)
    if not points:
        raise Invalid.at("agenda", _("Write at least one point of the agenda."))
    sitting = Sitting(
        table_id=table.id,
        title=title,
        place=place,
        starts_at=starts_at,
        state=SittingState.CONVENED,
        convened_at=tx.now,
        convened_by=tx.actor.person_id,
        demo=demo,
    )
    record_convened(tx, sitting)
    store_video(tx, sitting, video_url)
    for rank, point in enumerate(points, start=1):
        create_point(tx, sitting, with_title(tx, sitting, point), rank)
    change_quorum(tx, sitting, quorum or QuorumTerms())
    return sitting


def _check_day(tx: Transaction, starts_at: datetime) -> None:
    """Raise Invalid for a past day, unless the platform is importing past sittings."""
    if not tx.actor.is_system and in_rome(starts_at).date() < tx.today:
        raise Invalid.at("starts_at", _("Choose a day that is not past."))
