"""JSON that is encoded once and sent to many, as a part of answers that differ otherwise."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

loads = json.loads


class PreencodedJson(str):
    """A placeholder in an answer; `dumps` puts its JSON text in the placeholder's place."""

    text: str

    def __new__(cls, text: str) -> PreencodedJson:
        mark = super().__new__(cls, uuid4().hex)
        mark.text = text
        return mark


def encode(value: Any) -> PreencodedJson:
    """Encode a value once, for all answers that it will be part of."""
    return PreencodedJson(json.dumps(value, separators=(",", ":")))


def dumps(value: Any, **options: Any) -> str:
    """Encode JSON as Socket.IO asks for it; fields of an answer may be PreencodedJson.

    This module is the server's `json`: Socket.IO passes an answer as a list of one object.
    """
    text = json.dumps(value, **options)
    answers = value if isinstance(value, list) else []
    for answer in answers:
        for part in answer.values() if isinstance(answer, dict) else ():
            if isinstance(part, PreencodedJson):
                text = text.replace(f'"{part}"', part.text, 1)
    return text
