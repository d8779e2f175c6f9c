"""JSON that is written once and sent to many: a part of an answer that is text already."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

loads = json.loads


class PreencodedJson(str):
    """A mark in an answer that stands for a text of JSON, put in when the answer is written."""

    text: str

    def __new__(cls, text: str) -> PreencodedJson:
        mark = super().__new__(cls, uuid4().hex)
        mark.text = text
        return mark


def encode(value: Any) -> PreencodedJson:
    """Write a value once for all the answers that it is to be part of."""
    return PreencodedJson(json.dumps(value, separators=(",", ":")))


def dumps(value: Any, **options: Any) -> str:
    """Write JSON as Socket.IO asks for it; the fields of an answer may be `Encoded`."""
    text = json.dumps(value, **options)
    answers = value if isinstance(value, list) else []
    for answer in answers:
        for part in answer.values() if isinstance(answer, dict) else ():
            if isinstance(part, PreencodedJson):
                text = text.replace(f'"{part}"', part.text, 1)
    return text
