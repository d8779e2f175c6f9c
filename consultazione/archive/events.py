"""Events of the archive of a cycle; they stand in the stream of the cycle's plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.core.log.restored import RESTORED


@dataclass(frozen=True, kw_only=True)
class ArchiveRequested(Event):
    """The plan office has asked for an archive of all that is public of a cycle."""

    kind: ClassVar[str] = "archive.requested"

    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class ArchiveWithdrawn(Event):
    """An order of erasure has taken the archive of a cycle away; it can be made again."""

    kind: ClassVar[str] = "archive.withdrawn"

    cycle_id: int
    order_id: int


@dataclass(frozen=True, kw_only=True)
class ArchiveMade(Event):
    """A worker has written the archive of a cycle: its digest, bytes, entries and documents."""

    kind: ClassVar[str] = "archive.made"

    cycle_id: int
    sha256: str
    size: int
    entries: int
    documents: int


@dataclass(frozen=True, kw_only=True)
class ArchiveRestored(Event):
    """A cycle was brought back from its archive into this installation, which was empty."""

    kind: ClassVar[str] = RESTORED

    cycle_id: int
    sha256: str
    # The position of the archive's last entry.
    last: int
    # How many of its entries and texts are without content, and the digest over their places
    # (`core.log.restored`).
    withheld: int
    withheld_sha256: str
