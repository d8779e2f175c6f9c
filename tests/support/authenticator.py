"""An authenticator of the tests: makes a passkey and signs with it, as a browser hands it on."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

_PRESENT, _VERIFIED, _NEW = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey (ES256) for a site. verifies: whether it asks for finger, face or PIN."""

    origin: str
    verifies: bool = True
    uses: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: str) -> str:
        """The browser's answer to options that ask for a new passkey."""
        numbers = self._key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        told = b"\0" * 16 + struct.pack(">H", len(self.credential_id)) + self.credential_id
        data = self._data(_NEW) + told + public
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options), attestationObject=attestation
        )

    def sign(self, options: str) -> str:
        """The browser's answer to options that ask for a signature."""
        self.uses += 1
        data, client = self._data(), self._client("webauthn.get", options)
        signature = self._key.sign(
            data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(authenticatorData=data, clientDataJSON=client, signature=signature)

    def _data(self, flags: int = 0) -> bytes:
        host = self.origin.split("://")[1].split(":")[0]
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def _client(self, kind: str, options: str) -> bytes:
        given = {"type": kind, "challenge": json.loads(options)["challenge"], "origin": self.origin}
        return json.dumps(given).encode()

    def _answer(self, **response: bytes) -> str:
        name = bytes_to_base64url(self.credential_id)
        written: dict[str, Any] = {
            part: bytes_to_base64url(content) for part, content in response.items()
        }
        whole = {"id": name, "rawId": name, "type": "public-key", "response": written}
        return json.dumps({**whole, "clientExtensionResults": {}})
