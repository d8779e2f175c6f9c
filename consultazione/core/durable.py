"""Files that a power cut leaves whole: the old one, or the new one."""

from __future__ import annotations

import os
from pathlib import Path


def replace_durably(path: Path, content: str | bytes, *, mode: int = 0o666) -> None:
    """Put a text, in UTF-8, or bytes in the place of a file, as a whole; on return on the disk.

    mode: who may read and write it, less what the process's umask takes away. Whoever may call it
    twice at a time in one process keeps a lock. OSError if it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    synchronise(path.parent)


def synchronise(directory: Path) -> None:
    """Bring to the disk which files a directory has."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
