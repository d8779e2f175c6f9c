"""The register of a sitting: intervals by person and mandate, and presence at a moment.

It is read page by page, since a crowd has ten thousand rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from consultazione.people.models import Category, Mandate
from consultazione.sittings.attendance.marks import Mark
from consultazione.sittings.models import Attendance

# How many rows a page of the register has, and how many intervals it shows of each, the first
# ones and the last.
PAGE = 100
MOST_STAYS = 20
# From when until when, both included; the end is None while it goes on.
Interval = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Attended:
    """One person's intervals at a sitting under one mandate, or in their own name.

    stays: the first ones and the last, MOST_STAYS at most, of `count`.
    """

    stays: list[Attendance]
    count: int

    @property
    def person_id(self) -> int:
        """The person's id."""
        return self.stays[0].person_id

    @property
    def name(self) -> str:
        """The person's display name."""
        return self.stays[0].person.shown_name

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


@dataclass(frozen=True)
class RegisterPage:
    """Rows of a register in order of arrival, and how many there are in all.

    next: what to ask for after these; None at the end.
    """

    rows: list[Attended]
    count: int
    next: int | None = None


def register_of(
    session: Session,
    sitting_id: int,
    *,
    during: Interval | None = None,
    after: int = 0,
    limit: int = PAGE,
) -> RegisterPage:
    """Return a page of those who were at a sitting with their intervals, in order of arrival.

    Persons who attended under two mandates have a row for each. during: leaves out who was not
    there at any time of an interval; somebody who left as it began was not. after: where the
    page before has ended.
    """
    voices = _voices(sitting_id, during)
    first = func.min(Attendance.id)
    page = voices.having(first > after).order_by(first).limit(limit + 1)
    found: list[Any] = list(session.execute(page))
    count = session.scalar(select(func.count()).select_from(voices.subquery())) or 0
    shown = found[:limit]
    return RegisterPage(
        rows=_attended(session, sitting_id, [(person, mandate) for _, person, mandate in shown]),
        count=count,
        next=shown[-1][0] if len(found) > limit else None,
    )


def was_there(since: Any, until: Any) -> ColumnElement[bool]:
    """A condition for attendances: at any time of an interval. until: None for no end."""
    began = true() if until is None else Attendance.entered_at <= until
    return and_(began, or_(Attendance.left_at.is_(None), Attendance.left_at > since))


def _voices(sitting_id: int, during: Interval | None) -> Select[int, int, int | None]:
    query = select(func.min(Attendance.id), Attendance.person_id, Attendance.mandate_id).where(
        Attendance.sitting_id == sitting_id
    )
    if during is not None:
        query = query.where(was_there(*during))
    return query.group_by(Attendance.person_id, Attendance.mandate_id)


def _attended(
    session: Session, sitting_id: int, voices: Sequence[tuple[int, int | None]]
) -> list[Attended]:
    """The rows of persons and mandates, in their order."""
    voice: Any = (Attendance.person_id, Attendance.mandate_id)
    ranked = (
        select(
            Attendance,
            func.row_number().over(partition_by=voice, order_by=Attendance.id).label("place"),
            func.count().over(partition_by=voice).label("count"),
        )
        .where(Attendance.sitting_id == sitting_id)
        .where(Attendance.person_id.in_({person_id for person_id, _mandate in voices}))
        .subquery()
    )
    stay = aliased(Attendance, ranked)
    query = (
        select(stay, ranked.c["count"])
        .options(joinedload(stay.person), joinedload(stay.mandate).joinedload(Mandate.organisation))
        .where(or_(ranked.c.place < MOST_STAYS, ranked.c.place == ranked.c["count"]))
        .order_by(stay.id)
    )
    stays: dict[tuple[int, int | None], list[Attendance]] = {}
    counts: dict[tuple[int, int | None], int] = {}
    for attendance, count in session.execute(query):
        of = attendance.person_id, attendance.mandate_id
        stays.setdefault(of, []).append(attendance)
        counts[of] = count
    return [Attended(stays[of], counts[of]) for of in voices]
