"""REST: the video of a sitting."""

from __future__ import annotations

from consultazione.sittings.rest import offer_put
from consultazione.sittings.video.commands import set_video
from consultazione.sittings.video.schemas import VideoSchema

offer_put(
    "/sittings/<int:sitting_id>/video",
    set_video,
    VideoSchema,
    "Say where a sitting can be seen.",
)
