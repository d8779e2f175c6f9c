"""Schemas of the chat."""

from __future__ import annotations

from marshmallow import Schema

from consultazione.sittings.chat.models import LONGEST_MESSAGE
from consultazione.web.fields import Prose


class WrittenMessageSchema(Schema):
    """A message of a chat."""

    body = Prose(most=LONGEST_MESSAGE, required=True)
