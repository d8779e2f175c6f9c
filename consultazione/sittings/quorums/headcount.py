"""Counts who is present in a sitting, now or at a past moment, in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from consultazione.people.models import Category, Mandate
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.quorums import QUORUMS
from consultazione.sittings.quorums.base import Standing, quorum_terms
from consultazione.tables.models import Seat


def is_there(sitting_id: int, at: datetime | None = None) -> ColumnElement[bool]:
    """A condition for the attendances of a sitting that are current, or were at a moment."""
    if at is None:
        return and_(Attendance.sitting_id == sitting_id, Attendance.left_at.is_(None))
    return and_(
        Attendance.sitting_id == sitting_id,
        Attendance.entered_at <= at,
        or_(Attendance.left_at.is_(None), Attendance.left_at > at),
    )


class Headcount:
    """The numbers of one sitting, now or at a moment; each is queried on first use."""

    def __init__(self, session: Session, sitting: Sitting, at: datetime | None = None) -> None:
        self._session = session
        self._table_id = sitting.table_id
        self._here = is_there(sitting.id, at)

    @cached_property
    def by_category(self) -> Mapping[Category, int]:
        """Persons present, by the category recorded when they entered."""
        counted: Any = self._session.execute(
            select(Attendance.category, func.count()).where(self._here).group_by("category")
        )
        return dict(iter(counted))

    @property
    def persons(self) -> int:
        """All persons present."""
        return sum(self.by_category.values())

    @cached_property
    def seats(self) -> int:
        """Organisations with a seat at the sitting's table."""
        query = select(func.count()).where(Seat.table_id == self._table_id)
        return self._session.scalar(query) or 0

    @cached_property
    def represented(self) -> int:
        """Organisations with a seat that have somebody present."""
        query = (
            select(func.count(Mandate.organisation_id.distinct()))
            .join(Attendance, Attendance.mandate_id == Mandate.id)
            .join(Seat, Seat.organisation_id == Mandate.organisation_id)
            .where(self._here, Seat.table_id == self._table_id)
        )
        return self._session.scalar(query) or 0


def standing_of(
    session: Session, sitting: Sitting, hall: Headcount | None = None
) -> Standing | None:
    """Return the standing of a sitting's quorum; None without a quorum.

    hall: a headcount already made, of now or of a moment; counts those present now if left out.
    """
    terms = quorum_terms(sitting.quorum)
    standing = QUORUMS[terms.kind].standing(terms, hall or Headcount(session, sitting))
    return standing if standing.needed else None
