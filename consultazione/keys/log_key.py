"""The key that signs the public log; it lies with the other keys that last."""

from __future__ import annotations

import secrets
from pathlib import Path

from consultazione.bad_setting import BadSetting
from consultazione.keys.places import keep

_NAME = "log_key"
_BYTES = 32


def kept_log_key(place: Path) -> bytes:
    """The 32 private bytes of an Ed25519 key, made at the first call and the same ever after.

    place: SECRETS_DIR. BadSetting if it cannot be used, or if the file was damaged: another key
    would be taken for another log, so none is made in its place.
    """
    path = place / _NAME
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            keep(path, secrets.token_hex(_BYTES))
        key = bytes.fromhex(path.read_text())
    except OSError as error:
        raise BadSetting(
            f"SECRETS_DIR={str(place)!r} cannot be used ({error.strerror}): "
            "the key of the public log lies there."
        ) from None
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise BadSetting(f"{path} is no key of the public log: put the right file back.")
    return key


def has_log_key(place: Path) -> bool:
    """True if the key was made and can be read here."""
    return (place / _NAME).is_file()
