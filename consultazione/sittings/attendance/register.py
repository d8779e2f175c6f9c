"""The register of a sitting: intervals by person and mandate, and presence at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.people.models import Category, Mandate
from consultazione.sittings.attendance.marks import Mark
from consultazione.sittings.models import Attendance

# The end of an interval that has not ended yet.
_NEVER = datetime.max.replace(tzinfo=UTC)


def present_during(
    register: Iterable[Attended], since: datetime, until: datetime | None
) -> list[Attended]:
    """Return those present at any time from `since` to `until`, both included.

    until: None for no end. Somebody who left at `since` is not counted.
    """
    end = until or _NEVER
    return [
        attended
        for attended in register
        if any(
            stay.entered_at <= end and (stay.left_at or _NEVER) > since for stay in attended.stays
        )
    ]


def present_at(register: Iterable[Attended], moment: datetime) -> list[Attended]:
    """Return those present at a moment."""
    return present_during(register, moment, moment)


@dataclass(frozen=True)
class Attended:
    """One person's intervals at a sitting under one mandate, or in their own name."""

    stays: list[Attendance]

    @property
    def person_id(self) -> int:
        """The person's id."""
        return self.stays[0].person_id

    @property
    def name(self) -> str:
        """The person's display name."""
        return self.stays[0].person.display_name

    @property
    def organisation(self) -> str | None:
        """The name of the organisation they spoke for; None for themselves."""
        mandate = self.stays[0].mandate
        return mandate.organisation.name if mandate else None

    @property
    def mark(self) -> Mark:
        """P, or D for a substitute, who acts under another person's mandate."""
        stay = self.stays[0]
        holder_id = stay.mandate.person_id if stay.mandate else stay.person_id
        return Mark.PRESENT if holder_id == stay.person_id else Mark.BY_DELEGATE

    @property
    def category(self) -> Category:
        """The category recorded when they entered."""
        return self.stays[0].category

    @property
    def since(self) -> datetime:
        """When they first entered."""
        return self.stays[0].entered_at

    @property
    def until(self) -> datetime | None:
        """When they last left; None while they are present."""
        return self.stays[-1].left_at


def register_of(session: Session, sitting_id: int) -> list[Attended]:
    """Return everybody who was at a sitting with their intervals, in order of arrival.

    Persons who attended under two mandates appear once for each.
    """
    query = (
        select(Attendance)
        .options(
            joinedload(Attendance.person),
            joinedload(Attendance.mandate).joinedload(Mandate.organisation),
        )
        .where(Attendance.sitting_id == sitting_id)
        .order_by(Attendance.id)
    )
    stays_by_voice: dict[tuple[int, int | None], list[Attendance]] = {}
    for attendance in session.scalars(query):
        stays_by_voice.setdefault((attendance.person_id, attendance.mandate_id), []).append(
            attendance
        )
    return [Attended(stays) for stays in stays_by_voice.values()]
