"""Events of a sitting's video, in the sitting's own stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class VideoSet(Event, texts={"video_url": "sitting.video_url"}):
    """The sitting can be seen at another address from now on; without one it has no video."""

    kind: ClassVar[str] = "sitting.video_set"

    sitting_id: int
    video_url: FreeText | None
