"""The key that signs the public log; it lies with the other keys that last."""

from __future__ import annotations

import secrets
from pathlib import Path

from consultazione.bad_setting import BadSetting
from consultazione.keys.places import keep

_NAME = "log_key"
_BYTES = 32


def kept_log_key(place: Path) -> bytes:
    """The 32 private bytes of the log's Ed25519 key. place: SECRETS_DIR. As `kept_key`."""
    return kept_key(place / _NAME)


def has_log_key(place: Path) -> bool:
    """True if the log's key was made and lies here."""
    return (place / _NAME).is_file()


def kept_key(path: Path) -> bytes:
    """The 32 private bytes of an Ed25519 key, made at the first call and the same ever after.

    BadSetting if the directory cannot be used, or if the file was damaged: whoever signs with
    another key is taken for somebody else, so none is made in its place.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            keep(path, secrets.token_hex(_BYTES))
        key = bytes.fromhex(path.read_text())
    except OSError as error:
        raise BadSetting(
            f"{str(path.parent)!r} cannot be used ({error.strerror}): a signing key lies there."
        ) from None
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise BadSetting(f"{path} is no signing key: put the right file back.")
    return key
