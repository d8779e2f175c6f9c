"""Counts who is present in a sitting, now or at a past moment, in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.people.models import Category, Mandate
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.proxies.represented import of_persons, proxies_with
from consultazione.sittings.quorums import QUORUMS
from consultazione.sittings.quorums.base import Standing, quorum_terms
from consultazione.sittings.voices import REPRESENTED, counts, voices
from consultazione.tables.models import Seat
from consultazione.tables.rules import rule_of


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
        self._session, self._sitting = session, sitting
        self._table_id = sitting.table_id
        self._rule = rule_of(sitting.table.rule)
        self._here = is_there(sitting.id, at)
        self._at = at or clock.now()

    @cached_property
    def everybody_by_category(self) -> Mapping[Category, int]:
        """All persons present, by the category recorded when they entered."""
        counted: Any = self._session.execute(
            select(Attendance.category, func.count()).where(self._here).group_by("category")
        )
        return dict(iter(counted))

    @property
    def everybody(self) -> int:
        """All persons present, whether they count or not."""
        return sum(self.everybody_by_category.values())

    @cached_property
    def by_category(self) -> Mapping[Category, int]:
        """Persons who count among those who vote, by the category recorded when they entered."""
        voting = counts(self._table_id, self._rule.vote, self._rule.level, at=self._at)
        query: Any = voices(Attendance.category, func.count(REPRESENTED.distinct()))
        rows = self._session.execute(query.where(self._here, voting).group_by(Attendance.category))
        by_proxy = Counter(proxy.category for proxy in self._by_proxy)
        return Counter(dict(iter(rows))) + by_proxy

    @cached_property
    def _proxies(self) -> list[Proxy]:
        return proxies_with(self._session, self._sitting.id, self._here, at=self._at)

    @property
    def _by_proxy(self) -> list[Proxy]:
        """The proxies of those who count: whoever is represented is as good as present."""
        rule = self._rule
        return of_persons(
            self._session, self._sitting, self._proxies, rule.vote, rule.level, at=self._at
        )

    @property
    def persons(self) -> int:
        """The persons who count, there or by proxy; a delegate and their substitute are one."""
        return sum(self.by_category.values())

    @cached_property
    def seats(self) -> int:
        """Organisations with a seat at the sitting's table."""
        query = select(func.count()).where(Seat.table_id == self._table_id)
        return self._session.scalar(query) or 0

    @cached_property
    def represented(self) -> int:
        """Organisations with a seat that have somebody present by a mandate that has not ended.

        Or whose vote somebody present holds by proxy.
        """
        query = (
            select(Mandate.organisation_id)
            .join(Attendance, Attendance.mandate_id == Mandate.id)
            .join(Seat, Seat.organisation_id == Mandate.organisation_id)
            .where(self._here, Seat.table_id == self._table_id, ~Mandate.is_over(self._at))
        )
        by_proxy = {proxy.organisation_id for proxy in self._proxies}
        seated = select(Seat.organisation_id).where(
            Seat.table_id == self._table_id, Seat.organisation_id.in_(by_proxy)
        )
        return len({*self._session.scalars(query), *self._session.scalars(seated)})


def standing_of(
    session: Session, sitting: Sitting, hall: Headcount | None = None
) -> Standing | None:
    """Return the standing of a sitting's quorum; None without a quorum.

    hall: a headcount already made, of now or of a moment; counts those present now if left out.
    """
    terms = quorum_terms(sitting.quorum)
    standing = QUORUMS[terms.kind].standing(terms, hall or Headcount(session, sitting))
    return standing if standing.needed else None
