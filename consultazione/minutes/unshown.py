"""What the PDF of minutes will not show, to be told before the minutes are approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consultazione.documents.characters import unshown
from consultazione.minutes.compose.types import MinutesDocument

_BEFORE, _LENGTH = 30, 80
_MOST_CODES = 8


@dataclass(frozen=True)
class Unshown:
    """A text, cut to what is around the first character in question, and their code points."""

    text: str
    codes: list[str]


def unshown_texts(document: MinutesDocument) -> list[Unshown]:
    """The texts of a document with characters that the PDF replaces, each once."""
    texts = dict.fromkeys(text for text in _texts(document) if not text.isascii())
    return [_told(text, found) for text in texts if (found := unshown(text))]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _told(text: str, found: list[str]) -> Unshown:
    start = max(0, text.find(found[0]) - _BEFORE)
    cut = text[start : start + _LENGTH]
    codes = dict.fromkeys(f"U+{ord(character):04X}" for cluster in found for character in cluster)
    before, after = "…" * (start > 0), "…" * (start + _LENGTH < len(text))
    return Unshown(f"{before}{cut}{after}", list(codes)[:_MOST_CODES])
