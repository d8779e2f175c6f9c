"""Taking in a file that somebody uploads: checked, looked at by the scanner, stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from consultazione.core.errors import Invalid
from consultazione.core.threadpool import offload
from consultazione.tables.scanner import refuse_infected
from consultazione.tables.uploads import StoredFile, media_type_of, plain_name, store


def receive(
    directory: Path,
    name: str,
    content: bytes,
    *,
    clamd: str | None,
    on_infection: Callable[[], None],
) -> StoredFile:
    """Check a file, have it scanned if the site has a scanner, and store it below `directory`.

    clamd: the scanner's address. on_infection: called before a file that has something in it
    is refused. Invalid on the field `file` if it is refused; ScannerAway if there is no verdict.
    """
    offload(media_type_of, plain_name(name), content)
    if clamd is not None:
        _scan(clamd, content, on_infection)
    stored: StoredFile = offload(store, directory, name, content)
    return stored


def _scan(clamd: str, content: bytes, on_infection: Callable[[], None]) -> None:
    try:
        refuse_infected(clamd, content)
    except Invalid:
        on_infection()
        raise
