"""Schema of the video of a sitting."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.core.incoming.web_address import LONGEST
from consultazione.web.fields import Line


class VideoSchema(Schema):
    """Where the sitting can be seen; empty takes the video away."""

    video_url = Line(required=True, least=0, most=LONGEST)
