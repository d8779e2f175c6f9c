"""The command that sets the address of a sitting's video."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission
from consultazione.sittings.locking import lock_sitting, require_at, require_not_closed
from consultazione.sittings.models import Sitting
from consultazione.sittings.video.steps import store_video


def set_video(tx: Transaction, *, sitting_id: int, video_url: str) -> Sitting:
    """Set the address of a sitting's video; an empty one removes the video. Idempotent.

    Locks the sitting FOR UPDATE. Invalid unless the address is https; Conflict once the
    sitting is closed.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.SET_VIDEO, sitting)
    require_not_closed(sitting)
    store_video(tx, sitting, video_url)
    return sitting
