"""The one byte form of a JSON value, which every digest of this product covers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

# Made once: `json.dumps` would make an encoder for each value, which takes as long as a small one.
_ENCODE = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def canonical_json(value: Any) -> bytes:
    """The bytes of a JSON value: keys sorted, no blanks, UTF-8.

    ValueError for NaN, infinities and halves of a character. Fractions should not occur in
    what is stored: PostgreSQL may write a number in another way than it was given.
    """
    return _ENCODE(value).encode()


def sha256_of(value: Any) -> str:
    """SHA-256, in hexadecimal, of a JSON value's canonical bytes."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
