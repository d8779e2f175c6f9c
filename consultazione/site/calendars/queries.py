"""Queries on private calendars: whose an address is, and what concerns its person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session, joinedload

from consultazione.people.models import Mandate, Person, RoleGrant
from consultazione.people.secret_tokens import digest_of
from consultazione.proposals.models import Proposal
from consultazione.site.calendars.models import CalendarAddress
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.places.models import Registration
from consultazione.tables.models import Accreditation, Seat, ThematicTable
from consultazione.zones.models import Cycle


def calendar_address_of(session: Session, person_id: int) -> CalendarAddress | None:
    """The private address of a person's calendar; None if they have none."""
    return session.scalar(select(CalendarAddress).filter_by(person_id=person_id))


def person_of_calendar(session: Session, key: str) -> int | None:
    """Whose calendar stands at a secret address; None if nobody's, or their account is blocked."""
    query = select(CalendarAddress.person_id).join(Person, Person.id == CalendarAddress.person_id)
    return session.scalar(
        query.where(CalendarAddress.token_digest == digest_of(key), Person.blocked_at.is_(None))
    )


def tables_of_person(session: Session, person_id: int, *, at: datetime) -> list[ThematicTable]:
    """The tables at which somebody takes part, by id.

    They have a role or are admitted there, their organisation has a seat, they have written a
    proposal, or they were at a sitting.
    """
    query = select(ThematicTable).where(ThematicTable.id.in_(_table_ids(person_id, at)))
    return list(session.scalars(query.order_by(ThematicTable.id)))


def sittings_of_person(
    session: Session, person_id: int, *, at: datetime, limit: int
) -> list[Sitting]:
    """The sittings of those tables, and those for which they have a place in the hall.

    The latest `limit`; no rehearsals.
    """
    places = select(Registration.sitting_id).where(
        Registration.person_id == person_id, Registration.withdrawn_at.is_(None)
    )
    query = (
        select(Sitting)
        .options(joinedload(Sitting.table))
        .where(Sitting.rehearses.is_(None))
        .where(Sitting.table_id.in_(_table_ids(person_id, at)) | Sitting.id.in_(places))
        .order_by(Sitting.starts_at.desc(), Sitting.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def cycles_of(session: Session, tables: list[ThematicTable]) -> list[Cycle]:
    """The cycles to which tables belong, by id."""
    ids = {table.cycle_id for table in tables}
    return list(session.scalars(select(Cycle).where(Cycle.id.in_(ids)).order_by(Cycle.id)))


def _table_ids(person_id: int, at: datetime) -> Select[int]:
    """Selects the ids; each part begins with what belongs to the person."""
    mandated = select(Mandate.organisation_id).where(
        Mandate.person_id == person_id, Mandate.is_valid(at)
    )
    ids = union(
        select(RoleGrant.table_id).where(
            RoleGrant.person_id == person_id, RoleGrant.table_id.is_not(None)
        ),
        select(Accreditation.table_id).where(
            Accreditation.person_id == person_id, Accreditation.ended_at.is_(None)
        ),
        select(Seat.table_id).where(Seat.organisation_id.in_(mandated)),
        select(Proposal.table_id).where(Proposal.author_id == person_id),
        select(Sitting.table_id)
        .join(Attendance, Attendance.sitting_id == Sitting.id)
        .where(Attendance.person_id == person_id, Sitting.rehearses.is_(None)),
    ).subquery()
    return select(ids.c[0])
