"""What stands where words were that an order of erasure took out of a text."""

from __future__ import annotations

import re


def mark_of(number: int) -> str:
    """The mark of an order, by its number in the zone; Italian, as the texts are."""
    return f"[omissis: ordine di cancellazione n. {number}]"


def pseudonym_of(person_id: int) -> str:
    """What an emptied account is called, in texts too."""
    return f"Persona {person_id}"


_MARK = re.compile(
    "|".join(re.escape(mark).replace("0", r"[1-9]\d*") for mark in (mark_of(0), pseudonym_of(0)))
)


def holds_mark(text: str) -> bool:
    """True if an order took words out of a text."""
    return _MARK.search(text) is not None
