"""What stands where words were that an order of erasure took out (GDPR, art. 17).

Italian, as the texts are, and the same for every reader; the audit knows a row by it whose words
left the log as well.
"""

from __future__ import annotations

import re

_OMITTED = re.compile(r"\[omissis: ordine di cancellazione n\. \d+\]|\bPersona \d+\b")


def mark_of(number: int) -> str:
    """What stands where words were, by the number of the order in its zone."""
    return f"[omissis: ordine di cancellazione n. {number}]"


def pseudonym_of(person_id: int) -> str:
    """What an emptied account is called."""
    return f"Persona {person_id}"


def has_omission(text: object) -> bool:
    """True for a text out of which an order took words, or a name."""
    return isinstance(text, str) and _OMITTED.search(text) is not None
