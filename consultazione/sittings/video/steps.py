"""The step that notes where a sitting can be seen."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting
from consultazione.sittings.video.address import read_address
from consultazione.sittings.video.events import VideoSet


def put_video(tx: Transaction, sitting: Sitting, video_url: str) -> None:
    """Note an address of a sitting's video, if it is another than before."""
    address = read_address(video_url)
    if address == sitting.video_url:
        return
    sitting.video_url = address
    said = None if address is None else FreeText(address)
    tx.record(sitting_stream(sitting.id), VideoSet(sitting_id=sitting.id, video_url=said))
