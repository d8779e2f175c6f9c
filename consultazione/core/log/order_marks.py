"""What stands where words were that an order of erasure took out of a text (GDPR, art. 17).

Italian, as the texts are, and the same for every reader.
"""

from __future__ import annotations

import re


def mark_of(number: int) -> str:
    """The mark of an order, by its number in the zone."""
    return f"[omissis: ordine di cancellazione n. {number}]"


def pseudonym_of(person_id: int) -> str:
    """What an emptied account is called, and a person wherever their name stood."""
    return f"Persona {person_id}"


_NUMBER = r"[1-9]\d*"
_MARK = re.compile(
    "|".join(
        re.escape(made(0)).replace("0", _NUMBER) + end
        for made, end in ((mark_of, ""), (pseudonym_of, r"\b"))
    )
)


def holds_mark(text: str) -> bool:
    """True if an order took words or a name out of a text."""
    return _MARK.search(text) is not None
