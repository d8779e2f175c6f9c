"""The one byte form of a JSON value, which every digest of this product covers."""

from __future__ import annotations

import hashlib
import json
import json.encoder
from typing import Any

_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)
# What `_ENCODER.encode` makes anew for each value, which takes four times as long as a small one.
_CHUNKS: Any = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
    None,  # circles, which no value has
    _ENCODER.default,
    json.encoder.encode_basestring,
    None,  # indentation
    _ENCODER.key_separator,
    _ENCODER.item_separator,
    _ENCODER.sort_keys,
    _ENCODER.skipkeys,
    _ENCODER.allow_nan,
)


def canonical_text(value: Any) -> str:
    """A JSON value as text: keys sorted, no blanks.

    ValueError for NaN and infinities. Fractions should not occur in what is stored: PostgreSQL may
    write a number in another way than it was given.
    """
    return "".join(_CHUNKS(value, 0))


def canonical_json(value: Any) -> bytes:
    """The bytes of the same, in UTF-8. ValueError also for halves of a character."""
    return canonical_text(value).encode()


def sha256_of(value: Any) -> str:
    """SHA-256, in hexadecimal, of a JSON value's canonical bytes."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
