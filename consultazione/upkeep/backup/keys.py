"""A copy of the keys that last, apart from the backups: always the present ones, and no others.

The keys of a text that was erased are destroyed in the copy as well, so that no backup opens it
again; that is why one copy is kept, and not one for each backup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from consultazione.config import Settings
from consultazione.core.durable import replace_durably, synchronise
from consultazione.upkeep.backup.places import private, refuse_within
from consultazione.upkeep.errors import Refused

APART = (
    "whoever gets hold of a backup must not hold the keys to what it says. "
    "Choose another disk or another machine for one of them."
)
CHECKPOINT = "log-checkpoint-"
_PASSING = (".lock", ".new", ".old")


def refuse_together(keys: Path, backups: Path, settings: Settings) -> None:
    """Refused if the copy of the keys would lie with the backups, or with the keys themselves."""
    refuse_within(keys, {"the backups": backups}, APART)
    refuse_within(
        keys,
        {"SECRETS_DIR": settings.secrets_dir, "DATA_DIR": settings.data_dir},
        "what takes one away takes the copy with it. Choose another place.",
    )


def signed(settings: Settings) -> dict[str, bytes]:
    """The checkpoints of the public log, by the names of their files, as they are now.

    They say how long the log is, so a copy must not be later than the database that it goes with.
    """
    return {path.name: path.read_bytes() for path in settings.secrets_dir.glob(f"{CHECKPOINT}*")}


def mirror_keys(settings: Settings, place: Path, checkpoints: Mapping[str, bytes]) -> int:
    """Bring the copy of the keys up to date; how many have changed.

    checkpoints: as `signed` found them before the database was copied. What was replaced is
    overwritten first, as the keys themselves are. Refused if it cannot be written.
    """
    try:
        private(place)
        keys = {path.name: path.read_bytes() for path in keys_in(settings.secrets_dir)}
        present = {name: keys[name] for name in keys if not name.startswith(CHECKPOINT)}
        wanted = {**present, **checkpoints}
        changed = [name for name in wanted if _differs(place / name, wanted[name])]
        for name in changed:
            _replace(place / name, wanted[name])
    except OSError as error:
        raise Refused(f"The keys cannot be copied to {place}: {error.strerror}.") from None
    return len(changed)


def keys_in(directory: Path) -> Iterator[Path]:
    """The files of keys in a directory, without what is passing."""
    for path in sorted(directory.glob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix not in _PASSING:
            yield path


def _differs(copy: Path, key: bytes) -> bool:
    return not copy.exists() or copy.read_bytes() != key


def _replace(target: Path, key: bytes) -> None:
    """Put a key in the place of the former one, and overwrite that where it stood."""
    former = target.with_name(f".{target.name}.former")
    if target.exists():
        former.unlink(missing_ok=True)
        former.hardlink_to(target)
    replace_durably(target, key, mode=0o600)
    if former.exists():
        with former.open("r+b") as file:
            file.write(bytes(former.stat().st_size))
        former.unlink()
        synchronise(former.parent)
