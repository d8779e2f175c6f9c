"""What the tables contributed to a plan, and what became of it, for the plan as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from consultazione.documents.register import registrations_of
from consultazione.outcomes.kind import OUTCOME
from consultazione.outcomes.models import Outcome, OutcomeItem
from consultazione.plan.models import Contribution
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Chapter


@dataclass(frozen=True)
class Answered:
    """A contribution with its answer. table: its name; outcome: the number of the outcome."""

    contribution: Contribution
    table: str
    outcome: str


def answered(session: Session, cycle_id: int) -> Iterator[Answered]:
    """All contributions to the plan of a cycle, by number."""
    query = (
        select(Contribution, ThematicTable.name, Outcome.id)
        .join(Contribution.chapter)
        .join(Contribution.item)
        .join(Outcome, Outcome.id == OutcomeItem.outcome_id)
        .join(ThematicTable, ThematicTable.id == Outcome.table_id)
        .options(contains_eager(Contribution.chapter), contains_eager(Contribution.item))
        .where(Chapter.cycle_id == cycle_id)
        .order_by(Contribution.id)
    )
    found = session.execute(query).all()
    numbered = registrations_of(session, OUTCOME, {outcome_id for _one, _name, outcome_id in found})
    for contribution, table, outcome_id in found:
        row = numbered.get(outcome_id)
        stands = row is not None and row.annulled_at is None
        yield Answered(contribution, table, row.reference if row and stands else "")
