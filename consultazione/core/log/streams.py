"""What the name of a stream says: its family, its number, and whether it can be deleted.

Streams whose number is at least `EPHEMERAL_FROM` are ephemeral: they alone can be deleted.
The trigger `keep_log` of the database applies the same rule to every DELETE.
"""

from __future__ import annotations

import re

EPHEMERAL_FROM = 10**12
# Thirteen digits are the least that such a number has. PostgreSQL reads it the same way.
EPHEMERAL_PATTERN = r":[0-9]{13,}$"


def parse_stream(stream: str) -> tuple[str, int]:
    """The family of a stream and the id of what it is about: `table:12` is ("table", 12)."""
    family, _colon, number = stream.partition(":")
    return family, int(number)


def is_ephemeral(stream: str) -> bool:
    """True for a stream that can be deleted with all that it holds."""
    return re.search(EPHEMERAL_PATTERN, stream) is not None
