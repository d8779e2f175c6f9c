"""What a certificate is composed from: the sittings, positions and proposals of an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consultazione.documents.register import registration_of
from consultazione.outcomes.kind import ADHESION
from consultazione.outcomes.models import Adherent, Outcome, Party
from consultazione.outcomes.queries import WITH_ANSWERS
from consultazione.people.models import Mandate
from consultazione.plan.fates import Fate, fates
from consultazione.plan.models import Contribution
from consultazione.proposals.models import Proposal
from consultazione.sittings.agenda.queries import materials_by_point
from consultazione.sittings.attendance.marks import Mark
from consultazione.sittings.attendance.roll import roll_of
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable


@dataclass(frozen=True)
class Convened:
    """A sitting at which the organisation had a seat.

    notice: the number of its notice, "" for none; documents: titles; mark: None while not held.
    """

    sitting: Sitting
    notice: str
    documents: list[str]
    mark: Mark | None


@dataclass(frozen=True)
class Asked:
    """An outcome that the organisation was asked to answer, with where its items ended."""

    party: Party
    outcome: Outcome
    contributions: Mapping[int, Contribution]


def convened(
    session: Session, cycle_id: int, organisation_id: int, *, at: datetime
) -> Iterator[Convened]:
    """The sittings of a cycle to which the organisation was called, in their order."""
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.cycle_id == cycle_id, Sitting.rehearses.is_(None))
        .order_by(Sitting.starts_at, Sitting.id)
    )
    for sitting in session.scalars(query):
        marked = roll_of(session, sitting).of(organisation_id)
        if marked is None:
            continue
        notice = registration_of(session, NOTICE, sitting.id)
        papers = materials_by_point(session, sitting.id).values()
        yield Convened(
            sitting,
            notice.reference if notice else "",
            [paper["title"] for found in papers for paper in found],
            marked.mark if sitting.closed_at is not None and sitting.closed_at <= at else None,
        )


def asked(session: Session, cycle_id: int, organisation_id: int) -> Iterator[Asked]:
    """The outcomes of a cycle that the organisation was asked to answer, oldest first."""
    query = (
        select(Outcome)
        .join(ThematicTable, ThematicTable.id == Outcome.table_id)
        .options(*WITH_ANSWERS)
        .where(ThematicTable.cycle_id == cycle_id)
        .where(Outcome.parties.any(Party.organisation_id == organisation_id))
        .order_by(Outcome.id)
    )
    for outcome in session.scalars(query):
        ids = [item.id for item in outcome.items]
        rows = session.scalars(select(Contribution).where(Contribution.item_id.in_(ids)))
        party = next(p for p in outcome.parties if p.organisation_id == organisation_id)
        yield Asked(party, outcome, {row.item_id: row for row in rows})


def adhered(
    session: Session, cycle_id: int, organisation_id: int
) -> Iterator[tuple[Adherent, str]]:
    """The outcomes of a cycle to which the organisation adhered, oldest first.

    With each the number of its declaration, "" for none.
    """
    query = (
        select(Adherent)
        .join(Adherent.outcome)
        .join(ThematicTable, ThematicTable.id == Outcome.table_id)
        .options(contains_eager(Adherent.outcome))
        .where(ThematicTable.cycle_id == cycle_id, Adherent.organisation_id == organisation_id)
        .order_by(Adherent.id)
    )
    for adherent in session.scalars(query):
        number = registration_of(session, ADHESION, adherent.id)
        yield adherent, number.reference if number else ""


def proposed(session: Session, cycle_id: int, organisation_id: int) -> list[tuple[Proposal, Fate]]:
    """The proposals that were made for the organisation in a cycle, with how each stands."""
    query = (
        select(Proposal)
        .join(ThematicTable, ThematicTable.id == Proposal.table_id)
        .join(Mandate, Mandate.id == Proposal.mandate_id)
        .where(ThematicTable.cycle_id == cycle_id, Mandate.organisation_id == organisation_id)
        .order_by(Proposal.id)
    )
    rows = list(session.scalars(query))
    found = fates(session, rows)
    return [(row, found[row.id]) for row in rows]
