"""Whom something concerns: those who follow it, and those whom their part in it makes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, union

from consultazione.notices.models import Follow, SubjectKind
from consultazione.people.models import Mandate
from consultazione.tables.models import Seat
from consultazione.tables.queries import admitted

Pairs = Iterable[tuple[SubjectKind, int | None]]


def followers(at: datetime, *subjects: tuple[SubjectKind, int | None]) -> Select[Any]:
    """Select who follows one of some subjects, and did so at a moment.

    A subject without an id is left out.
    """
    stands = (Follow.ended_at.is_(None), Follow.since <= at)
    return select(Follow.person_id).where(_is_one_of(subjects), *stands)


def turned_away(*subjects: tuple[SubjectKind, int | None]) -> Select[Any]:
    """Select who has stopped following one of some subjects."""
    return select(Follow.person_id).where(_is_one_of(subjects), Follow.ended_at.is_not(None))


def of_table(table_id: int, at: datetime) -> Select[Any]:
    """Select whom a table's sittings concern: its followers, its delegates and those admitted.

    Who has stopped following the table is not among them.
    """
    table = (SubjectKind.TABLE, table_id)
    seated = (
        select(Mandate.person_id)
        .join(Seat, Seat.organisation_id == Mandate.organisation_id)
        .where(Seat.table_id == table_id, Mandate.is_valid(at))
    )
    whole = union(followers(at, table), seated, admitted(table_id, at)).subquery()
    return select(whole.c[0]).where(whole.c[0].not_in(turned_away(table)))


def _is_one_of(subjects: Pairs) -> Any:
    named = [(kind, number) for kind, number in subjects if number is not None]
    return or_(*(and_(Follow.kind == kind, Follow.subject_id == n) for kind, n in named))
