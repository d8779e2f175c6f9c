"""Translations that were made already, kept in Valkey for some days.

Found by a keyed digest of text and language, and sealed under a key that is made from the text
itself and the site's secret: whoever has the text no more, since it was erased, opens nothing.
So nothing has to be thrown away when a text is hidden, changed or erased. The cipher is
AES-256-GCM-SIV (RFC 8452): a nonce that is used again tells no more than that two translations
are equal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import timedelta

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from redis import Redis, RedisError

KEPT = timedelta(days=7)
_NONCE = bytes(12)
_log = structlog.get_logger()


class Cache:
    """The translations of some texts into a language, if they are kept."""

    def __init__(self, redis: Redis, secret: str, texts: Sequence[str], *, to: str) -> None:
        self._redis = redis
        said = json.dumps([to, *texts]).encode()
        self._name = f"translation:{_digest(secret, b'name', said).hex()}"
        self._cipher = AESGCMSIV(_digest(secret, b"key", said))

    def read(self) -> list[str] | None:
        """What is kept; None if nothing is, or Valkey is away."""
        try:
            sealed = self._redis.get(self._name)
            if not isinstance(sealed, bytes):
                return None
            kept: list[str] = json.loads(self._cipher.decrypt(_NONCE, sealed, None))
        except (RedisError, InvalidTag) as error:
            _log.info("no translation is kept", error=type(error).__name__)
            return None
        return kept

    def keep(self, translated: Sequence[str]) -> None:
        """Keep translations; without Valkey they are made again."""
        sealed = self._cipher.encrypt(_NONCE, json.dumps(list(translated)).encode(), None)
        try:
            self._redis.set(self._name, sealed, ex=KEPT)
        except RedisError as error:
            _log.info("a translation is not kept", error=type(error).__name__)


def _digest(secret: str, use: bytes, said: bytes) -> bytes:
    own = hmac.digest(secret.encode(), b"translations, " + use, hashlib.sha256)
    return hmac.digest(own, said, hashlib.sha256)
