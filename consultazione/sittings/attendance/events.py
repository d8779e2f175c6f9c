"""Events of attendance and of the roll, in a stream beside the sitting's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


@dataclass(frozen=True, kw_only=True)
class Excused(Event, texts={"reason": "excuse.reason"}):
    """An organisation, or one of its delegates, has been excused from a sitting."""

    kind: ClassVar[str] = "attendance.excused"

    sitting_id: int
    organisation_id: int
    person_id: int | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ExcuseWithdrawn(Event):
    """An organisation, or one of its delegates, is expected again."""

    kind: ClassVar[str] = "attendance.excuse_withdrawn"

    sitting_id: int
    organisation_id: int
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class SubstituteNamed(Event):
    """A person may act under a delegate's mandate in one sitting."""

    kind: ClassVar[str] = "attendance.substitute_named"

    sitting_id: int
    mandate_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class SubstituteWithdrawn(Event):
    """A person no longer acts under a delegate's mandate in a sitting."""

    kind: ClassVar[str] = "attendance.substitute_withdrawn"

    sitting_id: int
    mandate_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class Entered(Event):
    """A person has come into the sitting, alone or for an organisation."""

    kind: ClassVar[str] = "attendance.entered"

    attendance_id: int
    sitting_id: int
    person_id: int
    mandate_id: int | None
    category: Category
    in_charge: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckedIn(Event):
    """A person who is present was registered in the hall, at the desk or by the hall's code."""

    kind: ClassVar[str] = "attendance.checked_in"

    attendance_id: int
    sitting_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class Left(Event):
    """A person has left the sitting."""

    kind: ClassVar[str] = "attendance.left"

    attendance_id: int
    sitting_id: int
    person_id: int
