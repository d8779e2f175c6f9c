"""Schemas of the forms of an import, and of the export over REST."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.web.fields import Prose, Whole


class UploadSchema(Schema):
    """The file itself travels beside the fields."""


class ConfirmSchema(Schema):
    """seen: the last entry of the programme's stream in the preview that is confirmed."""

    seen = Whole(required=True, least=0)
    reason = Prose(load_default="", least=0, most=2000)
