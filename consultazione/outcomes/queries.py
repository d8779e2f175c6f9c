"""Queries on outcomes, and on who may answer them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consultazione.core.errors import NotFound
from consultazione.documents.signatures.models import SigningCopy
from consultazione.minutes.models import Minutes
from consultazione.outcomes.models import Adherent, Outcome, OutcomeState, Party
from consultazione.outcomes.parties import why_no_party
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.people.queries import valid_mandates
from consultazione.sittings.models import Sitting
from consultazione.tables.models import Seat, TableKind, ThematicTable
from consultazione.zones.models import Cycle

# What `outcomes.answers` looks at, and the names of who answered.
WITH_ANSWERS: Any = (
    selectinload(Outcome.items),
    selectinload(Outcome.parties).options(
        joinedload(Party.organisation),
        joinedload(Party.mandate).joinedload(Mandate.person),
        selectinload(Party.otherwise),
        joinedload(Party.signature),
    ),
    selectinload(Outcome.adherents).options(
        joinedload(Adherent.organisation),
        joinedload(Adherent.mandate).joinedload(Mandate.person),
        joinedload(Adherent.signature),
    ),
)


def get_outcome(session: Session, outcome_id: int) -> Outcome:
    """An outcome by id, with its items and parties loaded; NotFound if there is none."""
    outcome = session.get(
        Outcome,
        outcome_id,
        options=[
            joinedload(Outcome.minutes).joinedload(Minutes.sitting).joinedload(Sitting.table),
            *WITH_ANSWERS,
        ],
    )
    if outcome is None:
        raise NotFound(_("There is no such outcome."))
    return outcome


def outcome_of(session: Session, minutes_id: int) -> Outcome | None:
    """The outcome of minutes; None if they are unpublished or have no conclusions."""
    return session.scalar(select(Outcome).filter_by(minutes_id=minutes_id))


def latest_outcomes(
    session: Session, cycle_id: int, *, before: int | None = None, limit: int
) -> list[Outcome]:
    """A cycle's outcomes, latest first; only those with ids below `before`, if given."""
    query = _of_cycle(cycle_id).order_by(Outcome.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Outcome.id < before)
    return list(session.scalars(query))


def outcomes_after(session: Session, cycle_id: int, *, after: int, limit: int) -> list[Outcome]:
    """A cycle's outcomes with ids above `after`, by id."""
    query = _of_cycle(cycle_id).where(Outcome.id > after).order_by(Outcome.id).limit(limit)
    return list(session.scalars(query))


def unions_to_ask(session: Session, cycle: Cycle, *, at: datetime) -> list[int]:
    """The ids of the unions that must answer an outcome of a cycle opened at that moment.

    Those with a seat at the cycle's union consultation; if none, those with a valid mandate;
    if none, every union of the zone's register.
    """
    unions = select(Organisation.id).where(
        Organisation.zone_id == cycle.zone_id, Organisation.category == Category.UNION
    )
    seated = unions.where(Organisation.id.in_(_seated(cycle.id)))
    mandated = unions.where(Organisation.id.in_(_mandated(at)))
    for query in (seated, mandated, unions):
        if ids := list(session.scalars(query.order_by(Organisation.id))):
            return ids
    return []


def open_at_tables(session: Session, table_ids: Collection[int]) -> list[Outcome]:
    """The outcomes of these tables whose sign-off is open, those that end first before."""
    query = (
        _outcomes()
        .where(Outcome.table_id.in_(table_ids), Outcome.state == OutcomeState.SIGNING)
        .order_by(Outcome.due_on.nulls_first(), Outcome.id)
    )
    return list(session.scalars(query))


def overdue_outcomes(session: Session, *, today: date) -> list[int]:
    """The ids of open outcomes whose last day is before that day."""
    query = select(Outcome.id).where(Outcome.state == OutcomeState.SIGNING, Outcome.due_on < today)
    return list(session.scalars(query.order_by(Outcome.id)))


def uncopied_outcomes(session: Session) -> list[int]:
    """The ids of open outcomes without a copy to be signed."""
    query = (
        select(Outcome.id)
        .where(Outcome.state == OutcomeState.SIGNING)
        .where(~select(SigningCopy).where(SigningCopy.document_digest == Outcome.digest).exists())
    )
    return list(session.scalars(query.order_by(Outcome.id)))


def answerable(session: Session, outcome: Outcome, person_id: int, *, at: datetime) -> list[Party]:
    """The parties of an outcome that have not answered, and that a person may answer for."""
    if why_no_party(session, outcome, person_id) is not None:
        return []
    mandated = {mandate.organisation_id for mandate in valid_mandates(session, person_id, at=at)}
    return [
        party
        for party in outcome.parties
        if party.answer is None and party.organisation_id in mandated
    ]


def awaited_of(session: Session, zone_id: int, person_id: int, *, at: datetime) -> list[Outcome]:
    """A zone's outcomes that await an answer a person may give at that moment, oldest first."""
    mandated = {mandate.organisation_id for mandate in valid_mandates(session, person_id, at=at)}
    query = (
        _outcomes()
        .where(ThematicTable.zone_id == zone_id)
        .where(Outcome.state == OutcomeState.SIGNING)
        .where(Outcome.parties.any(Party.organisation_id.in_(mandated) & Party.answer.is_(None)))
        .order_by(Outcome.id)
    )
    found = list(session.scalars(query)) if mandated else []
    return [outcome for outcome in found if why_no_party(session, outcome, person_id) is None]


def _seated(cycle_id: int) -> Select[int]:
    of_unions = ThematicTable.kind == TableKind.UNION_CONSULTATION
    return (
        select(Seat.organisation_id)
        .join(ThematicTable, ThematicTable.id == Seat.table_id)
        .where(ThematicTable.cycle_id == cycle_id, of_unions)
    )


def _mandated(at: datetime) -> Select[int]:
    return select(Mandate.organisation_id).where(Mandate.is_valid(at))


def _of_cycle(cycle_id: int) -> Select[Outcome]:
    return _outcomes().where(ThematicTable.cycle_id == cycle_id)


def _outcomes() -> Select[Outcome]:
    return (
        select(Outcome)
        .join(ThematicTable, ThematicTable.id == Outcome.table_id)
        .options(
            joinedload(Outcome.minutes).joinedload(Minutes.sitting).joinedload(Sitting.table),
            *WITH_ANSWERS,
        )
    )
