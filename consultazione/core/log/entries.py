"""One entry of the log, before it is written and after it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consultazione.core.events import Event


@dataclass(frozen=True)
class Recorded:
    """What a command has noted for the log: on which stream, who did what, and when."""

    stream: str
    event: Event
    actor_id: int | None
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One entry as read: where it stands, what happened, who did it and when."""

    position: int
    stream: str
    number: int
    kind: str
    event: Event
    actor_id: int | None
    at: datetime
