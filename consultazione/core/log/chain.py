"""The hash chain of a stream: which bytes a digest covers, and how digests are linked."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from consultazione.core.canonical import canonical_json

# Stands in for the digest before the first entry of every stream.
GENESIS = bytes(32)


def canonical(
    *,
    stream: str,
    number: int,
    kind: str,
    at: datetime,
    actor_id: int | None,
    data: Any,
    salt: bytes,
) -> bytes:
    """The bytes of an entry that its digest covers: canonical JSON, the moment in UTC.

    at: aware. data: the event's fields as stored, a digest in place of each free text.
    """
    body = {
        "actor_id": actor_id,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "data": data,
        "kind": kind,
        "number": number,
        "salt": salt.hex(),
        "stream": stream,
    }
    return canonical_json(body)


def chain_digest(prev_digest: bytes, entry: bytes) -> bytes:
    """The 32-byte digest of an entry, linked to that of the entry before it in its stream."""
    return hashlib.sha256(prev_digest + entry).digest()


def text_digest(salt: bytes, body: str) -> str:
    """The hexadecimal digest that an entry holds in place of a free text."""
    return hashlib.sha256(salt + body.encode()).hexdigest()
