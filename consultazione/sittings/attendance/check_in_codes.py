"""The code with which people in a hall check in, and the key of the screen that shows it.

Both follow from the server's secret and the sitting, so nothing is kept of them. A code has
30 bits: with so few tries a minute for each account, guessing it takes centuries.
"""

from __future__ import annotations

import hmac

# Without the letters and digits that look alike.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 6


def entry_code(secret: str, sitting_id: int) -> str:
    """The code of a sitting, as people type it."""
    drawn = _drawn(secret, "entry code", sitting_id)[:_LENGTH]
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in drawn)


def is_entry_code(secret: str, sitting_id: int, typed: str) -> bool:
    """True for the code of a sitting, however it was typed: in small letters, with blanks."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hmac.compare_digest(plain.encode(), entry_code(secret, sitting_id).encode())


def screen_key(secret: str, sitting_id: int) -> str:
    """What an address must hold for the projector to show the code: the screen is public."""
    return _drawn(secret, "screen key", sitting_id).hex()[:32]


def is_screen_key(secret: str, sitting_id: int, given: str) -> bool:
    """True for the key of a sitting's screen."""
    return hmac.compare_digest(given.encode(), screen_key(secret, sitting_id).encode())


def _drawn(secret: str, what: str, sitting_id: int) -> bytes:
    if not secret:
        raise RuntimeError("the codes of sittings need the server's key")
    return hmac.digest(secret.encode(), f"{what} of sitting {sitting_id}".encode(), "sha256")
