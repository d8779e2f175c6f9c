"""The step that stores the address of a sitting's video."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.incoming.web_address import read_address
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting
from consultazione.sittings.video.events import VideoSet


def store_video(tx: Transaction, sitting: Sitting, video_url: str) -> None:
    """Store and record the address of a sitting's video, if it changes.

    An empty one removes the video. Invalid as in `read_address`.
    """
    address = read_address(video_url, field="video_url", example="https://meet.jit.si/a-room")
    if address == sitting.video_url:
        return
    sitting.video_url = address
    recorded = None if address is None else FreeText(address)
    tx.record(sitting_stream(sitting.id), VideoSet(sitting_id=sitting.id, video_url=recorded))
