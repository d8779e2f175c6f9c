"""Who of those present counts, by the rule of the table: conditions for queries on attendances.

Poll, quorum, page, room and minutes ask here. Whoever leads the table and speaks for no
organisation counts nowhere; a delegate and who stands in for them are one voice; a mandate that
has ended is none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from consultazione.core.actor import Role
from consultazione.people.models import Category, Mandate, Organisation, Person, RoleGrant
from consultazione.sittings.models import Attendance, Sitting
from consultazione.tables.models import Seat
from consultazione.tables.queries import admitted
from consultazione.tables.rules import Deed, Who, lets_in, rule_of

# Whoever acts under a mandate stands for the person to whom it was given.
REPRESENTED: ColumnElement[int] = func.coalesce(Mandate.person_id, Attendance.person_id)
_ASSURANCE = (
    select(Person.assurance)
    .where(Person.id == Attendance.person_id)
    .correlate(Attendance)
    .scalar_subquery()
)
LEADERS = (Role.FACILITATOR, Role.COORDINATOR)


@dataclass(frozen=True)
class _Conditions:
    """What is known of who is present, as conditions of a query that `voices` began."""

    seated: ColumnElement[bool]
    union: ColumnElement[bool]
    accredited: ColumnElement[bool]
    assurance: Any


def voices(*columns: Any) -> Select[Any]:
    """Select columns of attendances with their mandates and organisations."""
    return (
        select(*columns)
        .select_from(Attendance)
        .outerjoin(Mandate, Mandate.id == Attendance.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
    )


def is_let_in(
    table_id: int | ScalarSelect[int], who: Who, level: int, *, at: datetime
) -> ColumnElement[bool]:
    """Whether a step of the ladder lets in who is present, as a condition on `voices`.

    at: when their mandate or their admission must not have ended. Where anybody is let in it asks
    for no more: that of a full hall is read several times a second.
    """
    valid = or_(Attendance.mandate_id.is_(None), ~Mandate.is_over(at))
    if who is Who.ANYBODY:
        return valid
    seats = select(Seat.organisation_id).where(Seat.table_id == table_id)
    seated = func.coalesce(Mandate.organisation_id.in_(seats), False)
    known = _Conditions(
        seated=seated,
        union=and_(seated, Organisation.category == Category.UNION),
        accredited=Attendance.person_id.in_(admitted(table_id, at)),
        assurance=_ASSURANCE,
    )
    return and_(valid, lets_in(who, level, known))


def counts(
    table_id: int | ScalarSelect[int], who: Who, level: int, *, at: datetime
) -> ColumnElement[bool]:
    """Whether who is present counts among those who vote, as a condition on `voices`."""
    return and_(~Attendance.in_charge, is_let_in(table_id, who, level, at=at))


def is_latest() -> ColumnElement[bool]:
    """Whether an attendance is a person's last one, in whose voice they are or were there."""
    later = aliased(Attendance)
    newer = select(later.id).where(
        later.sitting_id == Attendance.sitting_id,
        later.person_id == Attendance.person_id,
        later.id > Attendance.id,
    )
    return or_(Attendance.left_at.is_(None), ~newer.exists())


def may_speak(
    session: Session, sitting: Sitting, person_ids: Collection[int], *, at: datetime
) -> set[int]:
    """The ids of those of some persons present who may ask for the floor; who leads always may."""
    rule = rule_of(sitting.table.rule)
    if rule.who(Deed.SPEAK) is Who.ANYBODY:
        return set(person_ids)
    leaders = leaders_among(session, sitting, person_ids)
    allowed = is_let_in(sitting.table_id, rule.speak, rule.level, at=at)
    query = voices(Attendance.person_id).where(
        Attendance.sitting_id == sitting.id,
        Attendance.left_at.is_(None),
        Attendance.person_id.in_(person_ids),
        or_(Attendance.person_id.in_(leaders), Attendance.in_charge, allowed),
    )
    return set(session.scalars(query))


def leaders_among(session: Session, sitting: Sitting, person_ids: Collection[int]) -> set[int]:
    """The ids of those of some persons who lead the sitting's table, or all of its zone."""
    query = select(RoleGrant.person_id).where(
        RoleGrant.person_id.in_(person_ids),
        RoleGrant.role.in_(LEADERS),
        RoleGrant.zone_id == sitting.table.zone_id,
        or_(RoleGrant.table_id.is_(None), RoleGrant.table_id == sitting.table_id),
    )
    return set(session.scalars(query))
