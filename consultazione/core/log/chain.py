"""The hash chain of a stream: which bytes a digest covers, and how digests are linked."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from consultazione.core.canonical import canonical_text

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

    Those of `canonical_json` over its fields, made faster: each ballot waits for it, and to verify
    a log takes most of its time here.

    at: aware. data: the event's fields as stored, a digest in place of each free text.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    actor = "null" if actor_id is None else actor_id
    said = (
        f'{{"actor_id":{actor},"at":"{moment}","data":{canonical_text(data)},'
        f'"kind":{canonical_text(kind)},"number":{number},"salt":"{salt.hex()}",'
        f'"stream":{canonical_text(stream)}}}'
    )
    return said.encode()


def chain_digest(prev_digest: bytes, entry: bytes) -> bytes:
    """The 32-byte digest of an entry, linked to that of the entry before it in its stream."""
    return hashlib.sha256(prev_digest + entry).digest()


def text_digest(salt: bytes, body: str) -> str:
    """The hexadecimal digest that an entry holds in place of a free text."""
    return hashlib.sha256(salt + body.encode()).hexdigest()
