"""The numbers of pages, each on a small page of its own, to be laid over others."""

from __future__ import annotations

from pathlib import Path

from consultazione.core.text import excerpt
from consultazione.documents.characters import settled_texts
from consultazione.documents.frames import Asked

_LONGEST = 60
_TEMPLATE = Path(__file__).with_name("numbers.typ")


def asked_for_numbers(title: str, count: int, *, timestamp: int) -> Asked:
    """What is asked of the typesetter: `title · n di count`, for each page from the first on."""
    inputs = {"title": settled_texts(excerpt(title, _LONGEST)), "count": str(count)}
    return {"template": str(_TEMPLATE), "inputs": inputs, "timestamp": timestamp}
