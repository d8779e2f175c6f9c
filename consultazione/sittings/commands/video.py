"""The video of a sitting: an address elsewhere, said when convening and changed until the end."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.sittings.commands.fetch import require_at, sitting_alone
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.video.address import read_address
from consultazione.sittings.video.events import VideoSet


def set_video(tx: Transaction, *, sitting_id: int, video_url: str) -> Sitting:
    """Say where a sitting can be seen; an empty address takes the video away.

    Harmless if it is the same address. Invalid unless it begins with https://; Conflict once
    the sitting is closed.
    """
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "set_video", sitting)
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("The sitting is over: read its record and its minutes."))
    put_video(tx, sitting, video_url)
    return sitting


def put_video(tx: Transaction, sitting: Sitting, video_url: str) -> None:
    """Note an address of a sitting's video, if it is another than before."""
    address = read_address(video_url)
    if address == sitting.video_url:
        return
    sitting.video_url = address
    said = None if address is None else FreeText(address)
    tx.record(sitting_stream(sitting.id), VideoSet(sitting_id=sitting.id, video_url=said))
