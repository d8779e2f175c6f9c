"""The codes of an app (TOTP, RFC 6238: six digits, 30 s, SHA-1), and recovery codes.

SHA-1 stands in RFC 6238 inside HMAC, where it is not broken, and apps understand nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
# A code of the step before or after this one counts too: clocks differ (RFC 6238, 5.2).
_DRIFT = 1
RECOVERY_CODES = 10
# Without letters that are taken for others. 24 of them are 118 bits: nobody guesses them, so their
# digest needs no salt and no slow function (ASVS 5.0, V6.5.2).
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH, _GROUP = 24, 4
_ISSUER = "Consultazione"


def new_secret() -> str:
    """A random secret of 160 bits (RFC 4226, 4), in base32 as apps take it."""
    return pyotp.random_base32()


def app_address(secret: str, account: str) -> str:
    """What a QR code hands to an app: the secret, and for which account of which site it is."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=_ISSUER)


def app_picture(address: str) -> str:
    """The QR code of such an address, as a picture that stands in the page itself (RFC 2397)."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2)


def step_of_code(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """The time step that a typed code is of; None if it is none of now, or of a used step.

    after: the newest step of which a code was taken.
    """
    made, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    digits = "".join(typed.split())
    for step in range(here - _DRIFT, here + _DRIFT + 1):
        is_right = hmac.compare_digest(made.generate_otp(step).encode(), digits.encode())
        if is_right and step > after:
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten random codes, in groups of four to be copied by hand."""
    return [_new_recovery_code() for _ in range(RECOVERY_CODES)]


def recovery_digest(typed: str) -> bytes:
    """The digest of a recovery code, however it was typed: capitals, blanks, hyphens."""
    letters = "".join(c for c in typed.casefold() if c.isalnum())
    return hashlib.sha256(f"recovery code {letters}".encode()).digest()


def is_of_an_app(typed: str) -> bool:
    """True for digits alone, as apps show them; a recovery code has letters and is longer."""
    return "".join(typed.split()).isdecimal()


def _new_recovery_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
