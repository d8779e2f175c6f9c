"""Signing keys of Ed25519 as files: made at the first call and the same ever after."""

from __future__ import annotations

import secrets
from pathlib import Path

from consultazione.bad_setting import BadSetting
from consultazione.keys.places import keep

_BYTES = 32


def kept_key(path: Path) -> bytes:
    """The 32 private bytes of a key, made if there is no such file.

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
