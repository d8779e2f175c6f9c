"""How the plan was consulted on, in figures from the platform's own records, with links.

L. 328/2000 art. 19 c. 1 g wants the forms of consultation in the plan. The text is Italian, as
the plan is, and pure: the same records give the same text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from consultazione.minutes.compose.wording import CATEGORIES
from consultazione.outcomes.models import Outcome
from consultazione.people.models import Category
from consultazione.proposals.models import Proposal
from consultazione.sittings.models import Attendance, Sitting, SittingState
from consultazione.tables.queries import tables
from consultazione.zones.queries import get_cycle


@dataclass(frozen=True)
class TableFigures:
    """What happened at one table, counted. address: of its page."""

    name: str
    address: str
    sittings: int
    proposals: int
    outcomes: int


@dataclass(frozen=True)
class ConsultationFigures:
    """What happened in a cycle. address: of its pages. attendance: entries into sittings by
    category, each person once a sitting."""

    address: str
    tables: Sequence[TableFigures]
    attendance: Mapping[Category, int]


def consultation_figures(session: Session, cycle_id: int) -> ConsultationFigures:
    """The tables of a cycle with their closed sittings, proposals and outcomes; who attended."""
    cycle, rows = get_cycle(session, cycle_id), tables(session, cycle_id)
    place = f"/zone/{cycle.zone.slug}/{cycle.years}"
    ids = [table.id for table in rows]
    sittings = _held_sittings(session, ids)
    proposals, outcomes = _counts(session, Proposal, ids), _counts(session, Outcome, ids)
    return ConsultationFigures(
        place,
        [
            TableFigures(
                name=table.name,
                address=f"{place}/tavoli/{table.slug}",
                sittings=len(sittings.get(table.id, [])),
                proposals=proposals.get(table.id, 0),
                outcomes=outcomes.get(table.id, 0),
            )
            for table in rows
        ],
        _attendance(session, [one for found in sittings.values() for one in found]),
    )


def consultation_text(figures: ConsultationFigures) -> str:
    """The figures as two tables in markdown, in Italian."""
    sittings = sum(table.sittings for table in figures.tables)
    told = f"Tavoli: {len(figures.tables)}. Sedute concluse: {sittings}."
    heads = _row("Tavolo", "Sedute", "Proposte", "Esiti"), _row("---", "---", "---", "---")
    by_table = [*heads, *(_of_table(table, figures.address) for table in figures.tables)]
    by_category = [
        _row("Categoria", "Presenze"), _row("---", "---"),
        *(_row(CATEGORIES[one], str(count)) for one, count in figures.attendance.items()),
    ]  # fmt: skip
    return "\n\n".join([told, "\n".join(by_table), "\n".join(by_category)])


def _held_sittings(session: Session, table_ids: list[int]) -> dict[int, list[int]]:
    """The ids of the closed sittings by table; rehearsals are none."""
    query = select(Sitting.table_id, Sitting.id).where(
        Sitting.table_id.in_(table_ids),
        Sitting.state == SittingState.CLOSED,
        Sitting.rehearses.is_(None),
    )
    found: dict[int, list[int]] = {}
    for table_id, sitting_id in session.execute(query):
        found.setdefault(table_id, []).append(sitting_id)
    return found


def _counts(session: Session, model: Any, table_ids: list[int]) -> dict[int, int]:
    query = select(model.table_id, func.count()).where(model.table_id.in_(table_ids))
    return dict(session.execute(query.group_by(model.table_id)).all())


def _attendance(session: Session, sitting_ids: list[int]) -> dict[Category, int]:
    people = func.count(distinct(func.concat(Attendance.sitting_id, ":", Attendance.person_id)))
    query = (
        select(Attendance.category, people)
        .where(Attendance.sitting_id.in_(sitting_ids))
        .group_by(Attendance.category)
    )
    counted = dict(session.execute(query).all())
    return {category: counted[category] for category in Category if category in counted}


def _of_table(table: TableFigures, place: str) -> str:
    return _row(
        f"[{_plain(table.name)}]({table.address})",
        _link(table.sittings, f"{table.address}#sedute"),
        str(table.proposals),
        _link(table.outcomes, f"{place}/esiti"),
    )


def _link(count: int, address: str) -> str:
    """A count, which leads to what is counted; 0 leads nowhere."""
    return f"[{count}]({address})" if count else "0"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """A name without signs that markdown would read."""
    return "".join(" " if sign in "|[]\\" else sign for sign in text)
