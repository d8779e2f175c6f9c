"""Signed notes with Ed25519 signatures, and their keys as text (C2SP signed-note)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1
COSIGNATURE = 4  # of witnesses: see `cosignatures`
MOST_SIGNATURES = 64
MOST_HASHES = 63  # of a proof: a tree is not higher
LARGEST_NOTE = 64 * 1024
_NAME = re.compile(r"[^\s+]{1,255}")


class BadNote(ValueError):
    """A note, a key or a signature that cannot be read, or does not hold; says why."""


@dataclass(frozen=True)
class Key:
    """A verifier's key: who signs, by which kind of signature, and the 32 public bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which signatures name the key."""
        said = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(said).digest()[:4]

    @property
    def text(self) -> str:
        """The key as text (*vkey*)."""
        return f"{self.name}+{self.id.hex()}+{encode(bytes([self.kind]) + self.public)}"

    def holds(self, signature: bytes, message: bytes) -> bool:
        """True if the 64 bytes are this key's signature of the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signature:
    """One signature line: the name, the four bytes of the key, and what follows them."""

    name: str
    key_id: bytes
    content: bytes

    @property
    def line(self) -> str:
        """The line, with its newline."""
        return f"\N{EM DASH} {self.name} {encode(self.key_id + self.content)}\n"

    def is_by(self, key: Key) -> bool:
        """True if the line says that this key made it; nothing is verified."""
        return (self.name, self.key_id) == (key.name, key.id)


@dataclass(frozen=True)
class Note:
    """A text, which ends with a newline, and its signatures."""

    text: str
    signatures: Sequence[Signature]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}"

    def is_signed_by(self, key: Key) -> bool:
        """True if the key signed it. BadNote if a line says so and does not hold."""
        found = [one for one in self.signatures if one.is_by(key)]
        if not all(key.holds(one.content, self.text.encode()) for one in found):
            raise BadNote(f"the signature of {key.name} does not hold")
        return bool(found)


@dataclass(frozen=True)
class Signer:
    """A private key with the name under which it signs."""

    name: str
    private: Ed25519PrivateKey
    kind: int = ED25519

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise BadNote(f"{self.name!r} names no key: it is empty, or has blanks or a plus")

    @property
    def key(self) -> Key:
        """The key that verifies what is signed."""
        return Key(self.name, self.kind, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """The signature of a note's text."""
        return Signature(self.name, self.key.id, self.private.sign(text.encode()))


def parse_key(text: str) -> Key:
    """A verifier's key from text; BadNote if it is none."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise BadNote("a key is written NAME+ID+BASE64")
    content = decode(parts[2])
    if len(content) != 33 or content[0] not in {ED25519, COSIGNATURE}:
        raise BadNote(f"the key of {parts[0]} is no Ed25519 key")
    key = Key(parts[0], content[0], content[1:])
    if key.id.hex() != parts[1]:
        raise BadNote(f"the key of {key.name} and its id differ: it was not copied whole")
    return key


def parse_note(text: str) -> Note:
    """A signed note; BadNote if it has no signature, or anything that a note may not have."""
    head, blank, tail = text.rpartition("\n\n")
    if len(text) > LARGEST_NOTE or any(c < " " and c != "\n" for c in text):
        raise BadNote("this is no signed note: it is too long, or holds control characters")
    if not blank or not tail.endswith("\n"):
        raise BadNote("this is no signed note: no signatures follow a blank line")
    lines = tail.removesuffix("\n").split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNote(f"the note has more than {MOST_SIGNATURES} signatures")
    return Note(f"{head}\n", [parse_signature(line) for line in lines])


def parse_signature(line: str) -> Signature:
    """One signature line, without its newline; BadNote if it is none."""
    dash, *parts = line.split(" ")
    if dash != "\N{EM DASH}" or len(parts) != 2 or not _NAME.fullmatch(parts[0]):
        raise BadNote(f"this is no signature: {line[:80]!r}")
    content = decode(parts[1])
    if len(content) < 5:
        raise BadNote(f"the signature of {parts[0]} is empty")
    return Signature(parts[0], content[:4], content[4:])


def encode(content: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(content).decode()


def decode(text: str) -> bytes:
    """Standard base64 of one spelling; BadNote if it is none."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if encode(content) != text or not text:
        raise BadNote(f"this is no base64: {text[:80]!r}")
    return content


def hash_lines(hashes: Sequence[bytes]) -> str:
    """The hashes of a proof as text: a line of base64 for each."""
    return "".join(f"{encode(one)}\n" for one in hashes)


def parse_hashes(lines: Sequence[str]) -> list[bytes]:
    """The hashes of a proof from their lines; BadNote if one is none, or there are too many."""
    hashes = [decode(line) for line in lines[: MOST_HASHES + 1]]
    if len(hashes) > MOST_HASHES or any(len(one) != 32 for one in hashes):
        raise BadNote(f"the hashes of a proof are {MOST_HASHES} at most, of 32 bytes each")
    return hashes
