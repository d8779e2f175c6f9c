"""Opens envelopes of before version 1, so that polls open during the upgrade can be counted.

Nothing is sealed in this format any more. It was SHAKE-256 as a stream cipher with keyed
BLAKE2b as the authenticator, 576 bytes with no version and no key id; envelopes of version 1
have another length, so the two cannot be confused.

Delete this module, its mention in seal.py and tests/sittings/test_legacy_envelopes.py once
no installation has such an envelope any more: counting a poll deletes its envelopes, so
`SELECT count(*) FROM poll_envelope WHERE length(sealed) = 576` is 0 as soon as every secret
poll is closed that was open at the upgrade.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

_NONCE = 32
_TEXT = 512
_TAG = 32
LENGTH = _NONCE + _TEXT + _TAG


def read(
    candidates: Iterable[bytes], salt: bytes, voter: tuple[int, int], envelope: bytes
) -> str | None:
    """The text of an envelope; None if none of the secrets sealed it for this voter.

    candidates: the server's secrets. voter: the ids of the poll and of the person.
    """
    body, tag = envelope[:-_TAG], envelope[-_TAG:]
    voter_name = "{}:{}".format(*voter).encode()
    for secret in candidates:
        key = hmac.digest(secret, b"seal of a poll" + salt, "sha256")
        expected = hashlib.blake2b(voter_name + b"\0" + body, key=key, digest_size=_TAG).digest()
        if hmac.compare_digest(tag, expected):
            return _decrypt(key, body).decode().rstrip()
    return None


def _decrypt(key: bytes, body: bytes) -> bytes:
    nonce, hidden = body[:_NONCE], body[_NONCE:]
    stream = hashlib.shake_256(b"hide" + key + nonce).digest(_TEXT)
    return bytes(a ^ b for a, b in zip(hidden, stream, strict=True))
