"""A copy of the keys that last, apart from the backups: always the present ones, and no others.

The keys of a text that was erased are destroyed in the copy as well, so that no backup opens it
again; that is why one copy is kept, and not one for each backup.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from consultazione.config import Settings
from consultazione.core.durable import replace_durably, synchronise
from consultazione.upkeep.backup.places import private, refuse_within
from consultazione.upkeep.errors import Refused

APART = (
    "whoever gets hold of a backup must not hold the keys to what it says. "
    "Choose another disk or another machine for one of them."
)
_PASSING = (".lock", ".new", ".old")


def refuse_together(keys: Path, backups: Path, settings: Settings) -> None:
    """Refused if the copy of the keys would lie with the backups, or with the keys themselves."""
    refuse_within(keys, {"the backups": backups}, APART)
    refuse_within(
        keys,
        {"SECRETS_DIR": settings.secrets_dir, "DATA_DIR": settings.data_dir},
        "what takes one away takes the copy with it. Choose another place.",
    )


def mirror_keys(settings: Settings, place: Path) -> int:
    """Bring the copy of the keys up to date; how many have changed.

    What was replaced is overwritten first, as the keys themselves are. Refused if it cannot be
    written.
    """
    try:
        private(place)
        changed = [path for path in keys_in(settings.secrets_dir) if _differs(path, place)]
        for path in changed:
            _replace(path, place / path.name)
    except OSError as error:
        raise Refused(f"The keys cannot be copied to {place}: {error.strerror}.") from None
    return len(changed)


def keys_in(directory: Path) -> Iterator[Path]:
    """The files of keys in a directory, without what is passing."""
    for path in sorted(directory.glob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix not in _PASSING:
            yield path


def _differs(path: Path, place: Path) -> bool:
    copy = place / path.name
    return not copy.exists() or copy.read_bytes() != path.read_bytes()


def _replace(path: Path, target: Path) -> None:
    """Put a key in the place of the former one, and overwrite that where it stood."""
    former = target.with_name(f".{target.name}.former")
    if target.exists():
        former.unlink(missing_ok=True)
        former.hardlink_to(target)
    replace_durably(target, path.read_bytes(), mode=0o600)
    if former.exists():
        with former.open("r+b") as file:
            file.write(bytes(former.stat().st_size))
        former.unlink()
        synchronise(former.parent)
