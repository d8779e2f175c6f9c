"""Entries of a cycle that was restored from its archive: which of them are there without content.

An archive publishes what a visitor may read. Of the other entries it has the digests alone, and
so has an installation that was restored from it: their data is null, their salt empty. They count
as whole as long as they are those, and no others, that the entry of the restoring names: it has
the SHA-256 over them, and stands right after the last restored entry, since archives are restored
into an empty installation alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

# How kinds of entries begin that tell of archives: to make one changes nothing of a cycle.
OF_ARCHIVES = "archive."
RESTORED = f"{OF_ARCHIVES}restored"
# What stands in the place of an entry's data that is withheld: the JSON value null.
NO_DATA: None = None
NO_SALT = b""
_SAID = text("""
    SELECT stream, number, data FROM log_entry e
    WHERE split_part(stream, ':', 1) = 'plan' AND kind = 'archive.restored' AND NOT EXISTS (
        SELECT FROM log_entry WHERE position < e.position AND position > (e.data ->> 'last')::bigint
    ) ORDER BY position LIMIT 1""")
_WITHHELD = text("""
    SELECT position, '' FROM log_entry WHERE position <= :last AND data = 'null'
    UNION ALL
    SELECT position, field.key FROM log_entry e, jsonb_each(e.data) field
    WHERE position <= :last AND jsonb_typeof(e.data) = 'object'
        AND jsonb_typeof(field.value) = 'object' AND field.value ? 'digest'
        AND NOT EXISTS (
            SELECT FROM log_text t WHERE t.position = e.position AND t.field = field.key
        )
    ORDER BY 1, 2""")


@dataclass(frozen=True)
class Restored:
    """What the entry of a restoring says. last: the position of the last restored entry.

    withheld: how many entries and texts are without content, and the SHA-256 over all of them.
    """

    stream: str
    number: int
    last: int
    withheld: tuple[int, str]


def restored(session: Session) -> Restored | None:
    """What was restored here from an archive; None if nothing was."""
    row = session.execute(_SAID).one_or_none()
    if row is None:
        return None
    data: dict[str, Any] = row.data
    withheld = data["withheld"], data["withheld_sha256"]
    return Restored(row.stream, row.number, data["last"], withheld)


def restored_until(session: Session) -> int:
    """The position up to which entries were restored; 0 if none was."""
    found = restored(session)
    return found.last if found else 0


def withheld_until(session: Session, last: int) -> tuple[int, str]:
    """How many entries and texts up to a position have no content here, and the digest over all.

    The SHA-256 over a line for each: its position, and the field of a text.
    """
    digest, count = hashlib.sha256(), 0
    for line in _lines(session, last):
        digest.update(line)
        count += 1
    return count, digest.hexdigest()


def is_withheld(data: object, salt: bytes) -> bool:
    """True for an entry of which its digest alone is there."""
    return data is NO_DATA and salt == NO_SALT


def _lines(session: Session, last: int) -> Iterator[bytes]:
    rows = session.execute(_WITHHELD, {"last": last}, execution_options={"yield_per": 2_000})
    for position, name in rows:
        yield f"{position} {name}\n".encode()
