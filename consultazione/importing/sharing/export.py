"""How a zone shares its spending, as its file has it: figures, criteria, items."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from consultazione.importing.export.values import Item, without_empty, written
from consultazione.sharing.models import BodyFigures, CriterionVersion, SharedItem
from consultazione.sharing.queries import criteria, figures_by_year, items
from consultazione.zones.models import Body, Cycle


def figure_items(session: Session, zone_id: int) -> list[Item]:
    """The figures of a zone's bodies that count now, by year and body."""
    by_year = figures_by_year(session, zone_id)
    return [_figures(row) for year in sorted(by_year) for row in by_year[year].values()]


def criterion_items(session: Session, cycle_id: int) -> list[Item]:
    """The criteria of a cycle as they are now; earlier versions are left out."""
    return [_criterion(session, row.current) for row in criteria(session, cycle_id)]


def shared_item_items(session: Session, cycle: Cycle) -> list[Item]:
    """What the municipalities pay for together in the years of a cycle."""
    years = range(cycle.first_year, cycle.last_year + 1)
    return [_item(row) for year in years for row in items(session, cycle.id, year)]


def _figures(row: BodyFigures) -> Item:
    return without_empty(
        {
            "body": row.body.name,
            "year": row.year,
            "population": row.population,
            "users": row.users,
            "source": row.source,
            "demo": row.demo,
        }
    )


def _criterion(session: Session, row: CriterionVersion) -> Item:
    shares = {basis: written(Decimal(share)) for basis, share in row.percentages.items()}
    parts = {session.get_one(Body, int(body_id)).name: part for body_id, part in row.parts.items()}
    return without_empty(
        {
            "id": f"criterion-{row.criterion_id}",
            "name": row.name,
            "kind": row.kind.value,
            "figures_year": row.figures_year,
            "percentages": shares,
            "parts": parts,
        }
    )


def _item(row: SharedItem) -> Item:
    return without_empty(
        {
            "id": f"item-{row.id}",
            "year": row.year,
            "title": row.title,
            "amount": written(row.amount),
            "criterion": f"criterion-{row.criterion_id}",
            "demo": row.demo,
        }
    )
