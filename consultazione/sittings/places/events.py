"""Events of the places in the hall, in a stream beside the sitting's: ids only, no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


def places_stream(sitting_id: int) -> str:
    """The stream of those who register for the hall."""
    return f"places:{sitting_id}"


@dataclass(frozen=True, kw_only=True)
class RegisteredForHall(Event):
    """Somebody has registered for the hall of a sitting; `placed` is false for who waits."""

    kind: ClassVar[str] = "places.registered"

    sitting_id: int
    registration_id: int
    person_id: int
    organisation_id: int | None
    placed: bool


@dataclass(frozen=True, kw_only=True)
class WithdrawnFromHall(Event):
    """Somebody does not come to the hall; `freed` tells whether that frees a place."""

    kind: ClassVar[str] = "places.withdrawn"

    sitting_id: int
    registration_id: int
    freed: bool


@dataclass(frozen=True, kw_only=True)
class MovedUp(Event):
    """The first of the waiting list has a place in the hall now."""

    kind: ClassVar[str] = "places.moved_up"

    sitting_id: int
    registration_id: int
