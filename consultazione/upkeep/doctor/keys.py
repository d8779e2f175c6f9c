"""Keys: there, the right ones, and closed to others."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from consultazione.core.text_keys import TextKeys, TextKeysUnavailable
from consultazione.keys.installation import fingerprint
from consultazione.keys.places import is_in_memory
from consultazione.log_keys import log_keys
from consultazione.upkeep.doctor.case import Case, Finding, advice

_OTHERS = 0o077


def keys_are_closed_to_others(case: Case) -> Iterator[Finding]:
    """Nobody but the user that runs the site can read a key."""
    place = case.settings.secrets_dir
    if not place.is_dir():
        yield Finding(
            f"SECRETS_DIR ({place}) is not there.",
            "Put the copy of the keys back, or set SECRETS_DIR to where they are.",
        )
        return
    if _is_open(place):
        yield Finding(f"SECRETS_DIR ({place}) is open to others.", f"chmod 700 {place}")
        for path in sorted(place.iterdir()):
            if path.is_file() and _is_open(path):
                yield Finding(f"The key {path} can be read by others.", f"chmod 600 {path}")
    if case.settings.run_dir.exists() and _is_open(case.settings.run_dir):
        run = case.settings.run_dir
        yield Finding(f"RUN_DIR ({run}) is open to others.", f"chmod 700 {run}")


def poll_keys_are_in_memory(case: Case) -> Iterator[Finding]:
    """The keys of open secret polls leave nothing on a disk."""
    settings = case.settings
    if settings.poll_keys_url is None and not is_in_memory(settings.run_dir):
        yield advice(
            f"RUN_DIR ({settings.run_dir}) is not on a tmpfs: what is left of the keys of secret "
            "polls can be read from its disk.",
            "Set RUN_DIR to a directory on a tmpfs, such as /dev/shm/consultazione.",
        )


def text_keys_are_there(case: Case) -> Iterator[Finding]:
    """The keys of all texts can be read."""
    try:
        TextKeys(case.settings.secrets_dir).tree(case.reading)
    except TextKeysUnavailable as error:
        what, _, remedy = str(error).partition(": ")
        yield Finding(f"{what}.", remedy[:1].upper() + remedy[1:])


def server_key_is_known(case: Case) -> Iterator[Finding]:
    """The server's key is that of the last start, if this process has one."""
    settings = case.settings
    kept = settings.secrets_dir / "secret_key"
    secret = settings.secret_key or (kept.read_text() if kept.exists() else None)
    known = case.row("SELECT max(key_fingerprint) AS known FROM installation")["known"]
    if secret is None or known is None:
        return
    if known not in {fingerprint(secret), *map(fingerprint, settings.earlier_secret_keys)}:
        yield Finding(
            "SECRET_KEY is not the key that this installation was last started with.",
            "Set it to that one again, or list that one in EARLIER_SECRET_KEYS.",
        )


def log_key_is_there(case: Case) -> Iterator[Finding]:
    """A log that was signed can be signed on."""
    signed = case.row("SELECT count(*) AS count FROM log_checkpoint")["count"]
    if signed and not log_keys(case.settings).are_here(case.reading):
        yield Finding(
            f"The key that signs the public log is not in {case.settings.secrets_dir}.",
            "Put the copy of the keys back: another key would be taken for another log.",
        )


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & _OTHERS)
