"""Events of a person's private calendar; they stand in the stream of the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CalendarAddressMade(Event):
    """A person has made a private address for their calendar; an earlier one has ended."""

    kind: ClassVar[str] = "calendar_address.made"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class CalendarAddressRevoked(Event):
    """A person has ended the private address of their calendar."""

    kind: ClassVar[str] = "calendar_address.revoked"

    person_id: int
