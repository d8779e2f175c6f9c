"""Schema of the form of a page."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.web.fields import Prose, Whole


class WritePageSchema(Schema):
    """What a page says. version: the one that was read, 0 if there was none."""

    body = Prose(least=0, most=40_000, load_default="")
    version = Whole(required=True, least=0)
