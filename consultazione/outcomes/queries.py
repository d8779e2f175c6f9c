"""Reading outcomes: one with its board, lists, and for whom an actor may answer."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consultazione.core.errors import NotFound
from consultazione.minutes.models import Minutes
from consultazione.outcomes.models import Outcome, OutcomeState, Party
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.people.queries import valid_mandates
from consultazione.sittings.models import Sitting
from consultazione.tables.models import Seat, TableKind, ThematicTable


def get_outcome(session: Session, outcome_id: int) -> Outcome:
    """An outcome with its items and its board; NotFound if there is none."""
    found = session.get(
        Outcome,
        outcome_id,
        options=[
            joinedload(Outcome.minutes).joinedload(Minutes.sitting).joinedload(Sitting.table),
            selectinload(Outcome.items),
            selectinload(Outcome.parties).joinedload(Party.organisation),
        ],
    )
    if found is None:
        raise NotFound(_("There is no such outcome."))
    return found


def outcome_of(session: Session, minutes_id: int) -> Outcome | None:
    """The outcome of minutes; None until they are published, or if they conclude nothing."""
    return session.scalar(select(Outcome).filter_by(minutes_id=minutes_id))


def latest_outcomes(
    session: Session, zone_id: int, *, before: int | None = None, limit: int
) -> list[Outcome]:
    """A zone's outcomes, the latest first; `before` is the one to go on from."""
    query = _of_zone(zone_id).order_by(Outcome.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Outcome.id < before)
    return list(session.scalars(query))


def outcomes_after(session: Session, zone_id: int, *, after: int, limit: int) -> list[Outcome]:
    """A zone's outcomes with ids beyond one, in order."""
    query = _of_zone(zone_id).where(Outcome.id > after).order_by(Outcome.id).limit(limit)
    return list(session.scalars(query))


def unions_to_ask(session: Session, zone_id: int, *, on: date) -> list[int]:
    """The unions whose answer an outcome needs.

    Those with a seat at the zone's union consultation; where none has one, those for whom
    somebody holds a mandate; failing that, every union of the register.
    """
    unions = select(Organisation.id).where(
        Organisation.zone_id == zone_id, Organisation.category == Category.UNION
    )
    seated = unions.where(Organisation.id.in_(_seated(zone_id)))
    mandated = unions.where(Organisation.id.in_(_mandated(on)))
    for query in (seated, mandated, unions):
        if found := list(session.scalars(query.order_by(Organisation.id))):
            return found
    return []


def answerable(session: Session, outcome: Outcome, person_id: int, *, on: date) -> list[Party]:
    """The parties that still owe an answer and for whom a person may give it that day."""
    mandated = {mandate.organisation_id for mandate in valid_mandates(session, person_id, on=on)}
    return [
        party
        for party in outcome.parties
        if party.answer is None and party.organisation_id in mandated
    ]


def awaited_of(session: Session, zone_id: int, person_id: int, *, on: date) -> list[Outcome]:
    """The outcomes that wait for an answer which a person may give that day, the oldest first."""
    mandated = {mandate.organisation_id for mandate in valid_mandates(session, person_id, on=on)}
    query = (
        _of_zone(zone_id)
        .where(Outcome.state == OutcomeState.SIGNING)
        .where(Outcome.parties.any(Party.organisation_id.in_(mandated) & Party.answer.is_(None)))
        .order_by(Outcome.id)
    )
    return list(session.scalars(query))


def mandate_for(
    session: Session, person_id: int, organisation_id: int, *, on: date
) -> Mandate | None:
    """A person's mandate for an organisation that is valid on a day."""
    for mandate in valid_mandates(session, person_id, on=on):
        if mandate.organisation_id == organisation_id:
            return mandate
    return None


def _seated(zone_id: int) -> Select[int]:
    return (
        select(Seat.organisation_id)
        .join(ThematicTable, ThematicTable.id == Seat.table_id)
        .where(ThematicTable.zone_id == zone_id, ThematicTable.kind == TableKind.UNION_CONSULTATION)
    )


def _mandated(on: date) -> Select[int]:
    return select(Mandate.organisation_id).where(Mandate.is_valid(on))


def _of_zone(zone_id: int) -> Select[Outcome]:
    return (
        select(Outcome)
        .join(ThematicTable, ThematicTable.id == Outcome.table_id)
        .options(
            joinedload(Outcome.minutes).joinedload(Minutes.sitting).joinedload(Sitting.table),
            selectinload(Outcome.parties).joinedload(Party.organisation),
        )
        .where(ThematicTable.zone_id == zone_id)
    )
