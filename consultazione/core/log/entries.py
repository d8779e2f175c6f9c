"""One entry of the log, before it is written and after it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consultazione.core.events import Event


@dataclass(frozen=True)
class Recorded:
    """What a command has noted for the log: on which stream, who did what, and when.

    leaves: for a text that a row of the state refers to, by its field, the leaf of its key;
    other texts are given one as they are appended.
    """

    stream: str
    event: Event
    actor_id: int | None
    at: datetime
    leaves: Mapping[str, int] = field(default_factory=dict)


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
