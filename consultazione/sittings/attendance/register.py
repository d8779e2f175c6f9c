"""The register of a sitting: intervals by person and mandate, and who was there at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.people.models import Category, Mandate
from consultazione.sittings.attendance.marks import Mark
from consultazione.sittings.models import Attendance

# What has not ended yet.
_NEVER = datetime.max.replace(tzinfo=UTC)


def present_during(
    register: Iterable[Attended], since: datetime, until: datetime | None
) -> list[Attended]:
    """Those who were there at any time from a moment to another, both included.

    until: None if it has not come yet. Who left at the very moment was there no more.
    """
    end = until or _NEVER
    return [
        one
        for one in register
        if any(stay.entered_at <= end and (stay.left_at or _NEVER) > since for stay in one.stays)
    ]


def present_at(register: Iterable[Attended], moment: datetime) -> list[Attended]:
    """Those who were there at a moment."""
    return present_during(register, moment, moment)


@dataclass(frozen=True)
class Attended:
    """Somebody's intervals at a sitting in the name of one organisation, or their own."""

    stays: list[Attendance]

    @property
    def name(self) -> str:
        """The name by which the person is known."""
        return self.stays[0].person.display_name

    @property
    def organisation(self) -> str | None:
        """The organisation for which they came; None if for themselves."""
        mandate = self.stays[0].mandate
        return mandate.organisation.name if mandate else None

    @property
    def mark(self) -> Mark:
        """P, or D for who acts under somebody else's mandate."""
        stay = self.stays[0]
        holder_id = stay.mandate.person_id if stay.mandate else stay.person_id
        return Mark.PRESENT if holder_id == stay.person_id else Mark.BY_DELEGATE

    @property
    def category(self) -> Category:
        """The kind of participant that they came as."""
        return self.stays[0].category

    @property
    def since(self) -> datetime:
        """When they first came in."""
        return self.stays[0].entered_at

    @property
    def until(self) -> datetime | None:
        """When they last left; None while they are there."""
        return self.stays[-1].left_at


def register_of(session: Session, sitting_id: int) -> list[Attended]:
    """Who was at a sitting, in whose name and from when to when, in order of arrival."""
    query = (
        select(Attendance)
        .options(
            joinedload(Attendance.person),
            joinedload(Attendance.mandate).joinedload(Mandate.organisation),
        )
        .where(Attendance.sitting_id == sitting_id)
        .order_by(Attendance.id)
    )
    found: dict[tuple[int, int | None], list[Attendance]] = {}
    for attendance in session.scalars(query):
        found.setdefault((attendance.person_id, attendance.mandate_id), []).append(attendance)
    return [Attended(stays) for stays in found.values()]
