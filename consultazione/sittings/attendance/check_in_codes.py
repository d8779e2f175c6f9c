"""The code with which people in a hall check in, and the key of the screen that shows it.

Both are derived from the server's secret and the sitting's id, so neither is stored. A code
has 30 bits: at the rate limit of an account, guessing it takes centuries.
"""

from __future__ import annotations

import hmac

# No letters or digits that look alike.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 6


def entry_code(secret: str, sitting_id: int) -> str:
    """Return the check-in code of a sitting: six letters and digits."""
    derived = _derive(secret, "entry code", sitting_id)[:_LENGTH]
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in derived)


def is_entry_code(secret: str, sitting_id: int, typed: str) -> bool:
    """Return whether this is a sitting's code, ignoring case, blanks and punctuation."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hmac.compare_digest(plain.encode(), entry_code(secret, sitting_id).encode())


def screen_key(secret: str, sitting_id: int) -> str:
    """Return the key that the address of the public screen must hold to show the code."""
    return _derive(secret, "screen key", sitting_id).hex()[:32]


def is_screen_key(secret: str, sitting_id: int, given: str) -> bool:
    """Return whether this is the key of a sitting's screen."""
    return hmac.compare_digest(given.encode(), screen_key(secret, sitting_id).encode())


def _derive(secret: str, purpose: str, sitting_id: int) -> bytes:
    if not secret:
        raise RuntimeError("the codes of sittings need the server's key")
    return hmac.digest(secret.encode(), f"{purpose} of sitting {sitting_id}".encode(), "sha256")
