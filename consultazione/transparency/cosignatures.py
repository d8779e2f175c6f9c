"""Cosignatures of witnesses: a checkpoint was seen, and when (cosignature/v1, Ed25519)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultazione.transparency.notes import COSIGNATURE, Key, Signature, Signer

_MOMENT = 8  # bytes of the time, in seconds since 1970, the larger first


def witness_signer(name: str, private: Ed25519PrivateKey) -> Signer:
    """The key of a witness with its name."""
    return Signer(name, private, COSIGNATURE)


def cosign(signer: Signer, text: str, *, at: int) -> Signature:
    """A witness's signature of a checkpoint's text. at: seconds since 1970."""
    signed = signer.private.sign(_message(text, at))
    return Signature(signer.name, signer.key.id, at.to_bytes(_MOMENT, "big") + signed)


def cosigned_at(signature: Signature, text: str, key: Key) -> int | None:
    """When a witness cosigned the text, in seconds since 1970; None if that does not hold."""
    if not signature.is_by(key) or len(signature.content) != _MOMENT + 64:
        return None
    at = int.from_bytes(signature.content[:_MOMENT], "big")
    return at if key.holds(signature.content[_MOMENT:], _message(text, at)) else None


def _message(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
