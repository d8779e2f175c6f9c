"""Queries on the register of documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import BigInteger, Select, case, func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.core.log import EntryRow
from consultazione.documents.events import DocumentRegistered, register_stream
from consultazione.documents.kinds import all_kinds, kind_of
from consultazione.documents.models import RegisterCounter, Registration
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.queries import seal_of, subject_of
from consultazione.zones.models import Cycle
from consultazione.zones.queries import NEWEST


@dataclass(frozen=True)
class Asked:
    """Which part of a register: of a kind, of a year, or all of it ("" and None)."""

    kind: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Listed:
    """A row of the register, with what its object is called."""

    row: Registration
    title: str


def get_registration(session: Session, registration_id: int) -> Registration:
    """A registration by id; NotFound if there is none."""
    found = session.get(
        Registration, registration_id, options=[joinedload(Registration.organisation)]
    )
    if found is None:
        raise NotFound(_("There is no such document in the register."))
    return found


def newest_of_register(
    session: Session, zone_id: int, asked: Asked, *, before: int | None = None, limit: int
) -> list[Registration]:
    """A zone's registrations, latest first; only those with ids below `before`, if given."""
    query = _of_zone(zone_id, asked).order_by(Registration.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Registration.id < before)
    return list(session.scalars(query))


def registrations_after(
    session: Session, zone_id: int, asked: Asked, *, after: int, limit: int
) -> list[Registration]:
    """A zone's registrations with ids above `after`, by id."""
    query = _of_zone(zone_id, asked).where(Registration.id > after)
    return list(session.scalars(query.order_by(Registration.id).limit(limit)))


def whole_register(session: Session, zone_id: int, asked: Asked) -> Iterator[Registration]:
    """A zone's registrations by kind, year and number."""
    order = (Registration.kind, Registration.year, Registration.number)
    yield from session.scalars(_of_zone(zone_id, asked).order_by(*order))


def years_of_register(session: Session, zone_id: int) -> list[int]:
    """The years in which a zone gave numbers, the latest first."""
    query = select(RegisterCounter.year).filter_by(zone_id=zone_id).distinct()
    return list(session.scalars(query.order_by(RegisterCounter.year.desc())))


def listed(session: Session, rows: Sequence[Registration]) -> list[Listed]:
    """Rows with the names of their objects, one query for each kind; "" for what has none."""
    ids = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.object_id)
    titles = {kind: kind_of(kind).titles(session, wanted) for kind, wanted in ids.items()}
    return [Listed(row, titles[row.kind].get(row.object_id, "")) for row in rows]


def seal_of_document(session: Session, row: Registration) -> DocumentSeal | None:
    """The zone's seal on a document; None while it has none, and for kinds that get none."""
    if row.content is not None:
        return seal_of(session, subject_of(row.id))
    stream = kind_of(row.kind).sealed_as
    return None if stream is None else seal_of(session, stream(session, row.object_id))


def number_in_log(session: Session, row: Registration) -> int | None:
    """Which entry of its register's stream says that a document got its number.

    None for a number that was given before the log noted them.
    """
    query = select(EntryRow.number).where(
        EntryRow.stream == register_stream(row.zone_id),
        EntryRow.kind == DocumentRegistered.kind,
        EntryRow.data["registration_id"].astext.cast(BigInteger) == row.id,
    )
    return session.scalar(query)


def cycle_of_registration(registration_id: Any) -> Select[int]:
    """Selects the cycle of what a document is about.

    Organisations belong to a zone: their documents stand in its latest cycle that had begun in the
    document's year, or else in the first.
    """
    own = [
        (Registration.kind == kind.name, kind.cycle_of(Registration.object_id).scalar_subquery())
        for kind in all_kinds()
        if kind.cycle_of is not None
    ]
    has_begun = Cycle.first_year <= Registration.year
    latest = (
        select(Cycle.id)
        .where(Cycle.zone_id == Registration.zone_id)
        .order_by(has_begun.desc(), *NEWEST)
        .limit(1)
        .scalar_subquery()
    )
    found = func.coalesce(case(*own, else_=None), latest)
    return select(found).where(Registration.id == registration_id)


def _of_zone(zone_id: int, asked: Asked) -> Select[Registration]:
    query = select(Registration).where(Registration.zone_id == zone_id)
    if asked.kind:
        query = query.where(Registration.kind == asked.kind)
    return query if asked.year is None else query.where(Registration.year == asked.year)
