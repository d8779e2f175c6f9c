"""The key that signs the addresses of answers and of bounces, as a file of SECRETS_DIR."""

from __future__ import annotations

from pathlib import Path

from consultazione.keys.log_key import kept_key


def mail_key(secrets_dir: Path) -> bytes:
    """32 bytes, made at the first call; without the file of before no older address counts.

    It lies beside the database, not in it: who reads a copy of that must not write in anybody's
    name. BadSetting if the directory cannot be used, or the file was damaged.
    """
    return kept_key(secrets_dir / "mail_key")
