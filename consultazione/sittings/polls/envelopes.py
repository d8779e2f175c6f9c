"""Seals the ballots of a secret poll, so that the database alone does not tell the choices.

AES-256-GCM-SIV from `cryptography`, under a key that HKDF-SHA256 derives from a secret and
the poll's salt. In version 2 the secret is a random key that only this poll has and that is
destroyed at its end; in version 1 it was the server's, and polls of before the upgrade keep to
it until they are counted. SIV, because a nonce may repeat where a virtual machine is resumed
twice from one snapshot: with GCM or ChaCha20-Poly1305 that gives away both texts and lets
anyone forge; here it tells at most that a voter sealed the same text twice.

An envelope has `LENGTH` bytes: version (1), key id (4), nonce (12), ciphertext (512), tag
(16). Version, key id, poll and voter are authenticated with the text. The key id says which
secret opens the envelope: the server's can be rotated while a poll is open. What this
protects against, and what it does not: docs/secret-ballots.md.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consultazione.sittings.polls import legacy_envelope

# What the keys of each version are derived for.
_KEY_INFO = {
    1: b"consultazione secret ballot, envelope version 1",
    2: b"consultazione secret ballot, envelope version 2",
}
_KEY_ID_LABEL = b"consultazione secret ballot, key id"
_HEADER = struct.Struct(">B4s12s")
_ASSOCIATED = struct.Struct(">B4sqq")
_LENGTHS = struct.Struct(">HH")
_TAG = 16
# Every text is padded to this length, or the length would tell the choice.
_PADDED = 512
LENGTH = _HEADER.size + _PADDED + _TAG


class BrokenSeal(Exception):
    """An envelope does not open: wrong key, wrong voter or poll, or changed bytes."""


@dataclass(frozen=True)
class Sealed:
    """What an envelope holds: the choice, and the receipt of the voter."""

    choice: str
    receipt: str


class PollSeal:
    """Seals and opens the envelopes of one poll.

    secret: the key of the poll, for version 2; the server's current secret, for version 1.
    earlier: the server's secrets from before a rotation, with which envelopes of version 1 can
    still be opened. RuntimeError without a secret.
    """

    def __init__(
        self, poll_id: int, salt: bytes, secret: bytes | str, earlier: Sequence[str] = ()
    ) -> None:
        if not secret:
            raise RuntimeError("a secret poll needs a key")
        self._version = 2 if isinstance(secret, bytes) else 1
        self._poll_id = poll_id
        self._salt = salt
        self._key_id = key_id(secret)
        self._secrets = {key_id(one): _as_bytes(one) for one in (*earlier, secret)}
        self._ciphers: dict[bytes, AESGCMSIV] = {}

    def seal(self, person_id: int, ballot: Sealed) -> bytes:
        """A voter's envelope, different each time; ValueError for a text that is too long."""
        text, nonce = _padded(ballot), secrets.token_bytes(12)
        associated = self._associated(self._key_id, person_id)
        hidden = self._cipher(self._key_id).encrypt(nonce, text, associated)
        return _HEADER.pack(self._version, self._key_id, nonce) + hidden

    def unseal(self, person_id: int, envelope: bytes) -> Sealed:
        """What a voter's envelope holds; else BrokenSeal.

        Version 1 includes the envelopes of before it. The two versions never meet in one poll.
        """
        if len(envelope) == legacy_envelope.LENGTH and self._version == 1:
            return self._unseal_legacy(person_id, envelope)
        if len(envelope) != LENGTH or envelope[0] != self._version:
            raise self._broken(person_id, "this is no envelope")
        _, key, nonce = _HEADER.unpack_from(envelope)
        if key not in self._secrets:
            raise self._broken(person_id, f"there is no secret with key id {key.hex()}")
        try:
            text = self._cipher(key).decrypt(
                nonce, envelope[_HEADER.size :], self._associated(key, person_id)
            )
        except InvalidTag:
            raise self._broken(person_id, "it was not sealed for them, or was changed") from None
        return _unpadded(text)

    def _unseal_legacy(self, person_id: int, envelope: bytes) -> Sealed:
        candidates, voter = self._secrets.values(), (self._poll_id, person_id)
        text = legacy_envelope.read(candidates, self._salt, voter, envelope)
        if text is None:
            raise self._broken(person_id, "no secret of the server opens it")
        receipt, _, choice = text.partition(" ")
        return Sealed(choice, receipt)

    def _cipher(self, key: bytes) -> AESGCMSIV:
        if key not in self._ciphers:
            info = _KEY_INFO[self._version]
            derivation = HKDF(algorithm=SHA256(), length=32, salt=self._salt, info=info)
            self._ciphers[key] = AESGCMSIV(derivation.derive(self._secrets[key]))
        return self._ciphers[key]

    def _associated(self, key: bytes, person_id: int) -> bytes:
        return _ASSOCIATED.pack(self._version, key, self._poll_id, person_id)

    def _broken(self, person_id: int, reason: str) -> BrokenSeal:
        return BrokenSeal(f"envelope of person {person_id} in poll {self._poll_id}: {reason}")


def key_id(secret: bytes | str) -> bytes:
    """The four bytes by which an envelope names the secret that it was sealed with."""
    return hmac.digest(_as_bytes(secret), _KEY_ID_LABEL, "sha256")[:4]


def new_receipt() -> str:
    """A receipt that nobody can guess: 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def receipt_digest(receipt: str) -> bytes:
    """What is published of a receipt: its SHA-256 digest."""
    return hashlib.sha256(receipt.encode()).digest()


def _as_bytes(secret: bytes | str) -> bytes:
    return secret.encode() if isinstance(secret, str) else secret


def _padded(ballot: Sealed) -> bytes:
    receipt, choice = ballot.receipt.encode(), ballot.choice.encode()
    text = _LENGTHS.pack(len(receipt), len(choice)) + receipt + choice
    if len(text) > _PADDED:
        raise ValueError("too long for an envelope")
    return text.ljust(_PADDED, b"\0")


def _unpadded(text: bytes) -> Sealed:
    receipt, choice = _LENGTHS.unpack_from(text)
    start, middle = _LENGTHS.size, _LENGTHS.size + receipt
    return Sealed(text[middle : middle + choice].decode(), text[start:middle].decode())
