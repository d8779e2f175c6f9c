"""The video of a sitting: an address elsewhere, said when convening and changed until the end."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission
from consultazione.sittings.locking import lock_sitting, require_at, require_not_closed
from consultazione.sittings.models import Sitting
from consultazione.sittings.video.steps import put_video


def set_video(tx: Transaction, *, sitting_id: int, video_url: str) -> Sitting:
    """Say where a sitting can be seen; an empty address takes the video away.

    Harmless if it is the same address. Invalid unless it begins with https://; Conflict once
    the sitting is closed.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.SET_VIDEO, sitting)
    require_not_closed(sitting)
    put_video(tx, sitting, video_url)
    return sitting
