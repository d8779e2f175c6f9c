"""Where the keys of secret polls lie: in a directory in memory, or in a key service."""

from __future__ import annotations

from consultazione.config import Settings
from consultazione.core.keys import KeyStore
from consultazione.keys.run_directory import RunDirectory
from consultazione.keys.service import KeyService


def open_key_store(settings: Settings) -> KeyStore:
    """The store that the settings choose, ready for use.

    BadSetting if the run directory is not private to this user, or if the key service writes
    what it holds to a disk.
    """
    if settings.poll_keys_url is None:
        return RunDirectory(settings.run_dir)
    return KeyService(settings.poll_keys_url)


def is_lasting(settings: Settings) -> bool:
    """True if the run directory would be on a disk, where a key leaves remnants."""
    return settings.poll_keys_url is None and not RunDirectory(settings.run_dir).is_in_memory
