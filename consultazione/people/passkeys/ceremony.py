"""The two ceremonies of WebAuthn: a passkey is made, a passkey signs. Nothing is stored here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from consultazione.core.errors import Invalid
from consultazione.core.sentences import LazySentence as _
from consultazione.people.passkeys.challenges import challenge_of, fits

_MOST = 20_000
_VERIFIED = UserVerificationRequirement.REQUIRED
# What the library raises, too, where an answer was made to break it: a number that should be a
# word, a list that is empty, lists in lists a thousand times.
_UNREADABLE = (
    WebAuthnException, ValueError, LookupError, TypeError, AttributeError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A passkey as the database has it."""

    id: int
    credential_id: bytes
    public_key: bytes = field(repr=False)
    uses: int


@dataclass(frozen=True)
class Made:
    """A new passkey, whose device proved that it holds it."""

    credential_id: bytes
    public_key: bytes = field(repr=False)
    uses: int


@dataclass(frozen=True)
class Used:
    """That a passkey signed a challenge. fingerprint: SHA-256 (hex) of its public key.

    evidence: all that anybody needs to check it again, in base64url.
    """

    passkey_id: int
    uses: int
    fingerprint: str
    evidence: dict[str, str] = field(repr=False)


def options_to_make(
    word: str, known: Sequence[Known], *, origin: str, person_id: int, name: str
) -> str:
    """What the browser is asked to make a passkey with, as JSON."""
    options = generate_registration_options(
        rp_id=_host(origin),
        rp_name="consultazione",
        user_id=f"person {person_id}".encode(),
        user_name=name,
        challenge=challenge_of(word),
        exclude_credentials=_named(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=_VERIFIED
        ),
    )
    return options_to_json(options)


def options_to_use(word: str, known: Sequence[Known], *, origin: str) -> str:
    """What the browser is asked to sign with one of a person's passkeys, as JSON."""
    options = generate_authentication_options(
        rp_id=_host(origin),
        challenge=challenge_of(word),
        allow_credentials=_named(known),
        user_verification=_VERIFIED,
    )
    return options_to_json(options)


def made(answer: str, *, word: str, subject: str, origin: str, keys: Sequence[str]) -> Made:
    """The passkey that a browser made; Invalid on `assertion` if the answer does not hold."""
    _require(fits(word, keys, subject) and len(answer) < _MOST)
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge_of(word),
            expected_rp_id=_host(origin),
            expected_origin=origin,
            require_user_verification=True,
        )
    except _UNREADABLE:
        raise _wrong() from None
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def credential_in(answer: str) -> bytes | None:
    """By what name a browser's answer calls its passkey; None if it names none."""
    if len(answer) >= _MOST:
        return None
    try:
        return base64url_to_bytes(str(json.loads(answer)["id"]))
    except _UNREADABLE:
        return None


def used(
    known: Sequence[Known],
    answer: str,
    *,
    word: str,
    subject: str,
    origin: str,
    keys: Sequence[str],
) -> Used:
    """What a passkey among those known signed; Invalid on `assertion` if it does not hold."""
    _require(fits(word, keys, subject) and len(answer) < _MOST)
    try:
        given: dict[str, Any] = json.loads(answer)
        passkey = next(one for one in known if bytes_to_base64url(one.credential_id) == given["id"])
        found = verify_authentication_response(
            credential=given,
            expected_challenge=challenge_of(word),
            expected_rp_id=_host(origin),
            expected_origin=origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
        evidence = {name: str(given["response"][name]) for name in _EVIDENCE}
    except (*_UNREADABLE, StopIteration):
        raise _wrong() from None
    return Used(
        passkey.id,
        found.new_sign_count,
        hashlib.sha256(passkey.public_key).hexdigest(),
        {**evidence, "word": word, "publicKey": bytes_to_base64url(passkey.public_key)},
    )


_EVIDENCE = ("authenticatorData", "clientDataJSON", "signature")


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def _named(known: Sequence[Known]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one.credential_id) for one in known]


def _require(holds: bool) -> None:
    if not holds:
        raise _wrong()


def _wrong() -> Invalid:
    return Invalid.at(
        "assertion",
        _("The passkey's answer does not hold, or came too late: use the passkey once more."),
    )
