"""Files beside the database, mirrored: uploads by their digest, kept mails, the security log.

An uploaded file never changes, so each is copied once. What the installation has destroyed goes
from the mirror too, at the next round: an order of erasure means all copies that we keep. Where
much is missing at once the disk is lost and not the files, and the mirror keeps them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from consultazione.config import Settings
from consultazione.core.durable import synchronise
from consultazione.upkeep.backup.places import private

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UPLOADS = "uploads"
_DESTROYED = "destroyed.txt"
_CHUNK = 1 << 20
# Missing at once: more than these, and than a fifth of all, is a disk that is not there.
_FEW = 20


@dataclass
class Mirrored:
    """What a round has found and done. uploads: all that are mirrored, by name, with their sizes.

    damaged: files whose bytes are not those of their name, which were not copied. missing: how
    many the installation has not any more and the mirror keeps.
    """

    uploads: dict[str, int] = field(default_factory=dict)
    copied: int = 0
    damaged: list[str] = field(default_factory=list)
    destroyed: int = 0
    missing: int = 0


def mirror(
    settings: Settings, place: Path, told: Callable[[int, int], None] = lambda _done, _of: None
) -> Mirrored:
    """Bring a mirror up to date. told: how many uploads were looked at, and of how many."""
    private(place)
    found, live = Mirrored(), uploads_in(settings.uploads_dir)
    for count, (name, path) in enumerate(live.items(), 1):
        _mirror_upload(path, place / _UPLOADS / name[:2] / name, found)
        told(count, len(live))
    _destroy(place, found)
    for name, path in _others(settings):
        _mirror_other(path, place / name)
    return found


def uploads_in(directory: Path) -> dict[str, Path]:
    """The stored files of a directory by their digests; drafts are none."""
    paths = directory.glob("??/*")
    return {path.name: path for path in sorted(paths) if _DIGEST.fullmatch(path.name)}


def mirrored_in(place: Path) -> dict[str, Path]:
    """The uploads that a mirror has, by their digests."""
    return uploads_in(place / _UPLOADS)


def others_in(place: Path) -> Iterator[Path]:
    """What else a mirror has, by its name below the data directory."""
    for path in sorted(place.glob("mail/*.eml")) + sorted(place.glob("security.log*")):
        yield path.relative_to(place)


def destroyed_in(place: Path) -> set[str]:
    """The digests of files that the installation has destroyed, and the mirror after it."""
    path = place / _DESTROYED
    return set(path.read_text().split()) if path.exists() else set()


def copy_checked(source: Path, target: Path) -> bool:
    """Copy a file that is named by its digest; False if its bytes are others, then there is none.

    It is whole or not there, and on the disk.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft, digest = target.with_name(f".{target.name}"), sha256()
    with source.open("rb") as reading, draft.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    if digest.hexdigest() != source.name:
        draft.unlink()
        return False
    draft.replace(target)
    synchronise(target.parent)
    return True


def _mirror_upload(path: Path, target: Path, found: Mirrored) -> None:
    try:
        size = path.stat().st_size
        if not (target.exists() and target.stat().st_size == size):
            if not copy_checked(path, target):
                found.damaged.append(path.name)
                return
            found.copied += 1
    except FileNotFoundError:  # destroyed at this moment
        return
    found.uploads[path.name] = size


def _destroy(place: Path, found: Mirrored) -> None:
    """Remove from the mirror what the installation has not any more, unless that is too much."""
    kept = mirrored_in(place)
    gone = [name for name in kept if name not in found.uploads and name not in found.damaged]
    if len(gone) > max(_FEW, len(kept) // 5):
        found.missing = len(gone)
        return
    if gone:
        with (place / _DESTROYED).open("a") as journal:
            journal.writelines(f"{name}\n" for name in gone)
    for name in gone:
        kept[name].unlink()
    found.destroyed = len(gone)


def _others(settings: Settings) -> Iterator[tuple[str, Path]]:
    for path in sorted(settings.mail_dir.glob("*.eml")):
        yield f"mail/{path.name}", path
    if settings.security_log is not None:
        for path in sorted(settings.security_log.parent.glob(f"{settings.security_log.name}*")):
            if path.is_file() and not path.name.endswith(".lock"):
                yield f"security.log{path.name.removeprefix(settings.security_log.name)}", path


def _mirror_other(path: Path, target: Path) -> None:
    """Copy a file that may change, if it has."""
    try:
        status = path.stat()
        if target.exists() and target.stat().st_mtime_ns == status.st_mtime_ns:
            return
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}")
        shutil.copy2(path, draft)
        draft.replace(target)
    except FileNotFoundError:  # it went meanwhile
        return
