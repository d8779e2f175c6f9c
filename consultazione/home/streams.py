"""Which streams of the log belong to a cycle, or to several, for the public log of its pages."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, Text, cast, literal, select, union_all

from consultazione.opinions.models import OpinionMap
from consultazione.outcomes.models import Outcome
from consultazione.programme.models import AnnualProgramme
from consultazione.sharing.budgets.models import Budget
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.models import Poll
from consultazione.surveys.models import Survey
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Cycle, Territory, Zone

# The families of streams whose number is that of a zone, of a cycle, of a sitting.
_OF_A_ZONE = ("zone", "register", "feedback", "memory")
_OF_A_CYCLE = ("plan", "sharing")
_OF_A_SITTING = ("sitting", "attendance", "places", "questions", "notes", "minutes", "chat")


def streams_of(*cycle_ids: int, with_zone: bool = True) -> Select[str]:
    """Selects the names of the public streams of cycles, and of their zone unless told otherwise.

    A query that asks for them in each of its parts has PostgreSQL find them once.
    """
    here = ThematicTable.cycle_id.in_(cycle_ids)
    cycle = Cycle.id.in_(cycle_ids)
    programmes = select(AnnualProgramme.id).where(AnnualProgramme.cycle_id.in_(cycle_ids))
    budgets = select(Budget.id).where(Budget.cycle_id.in_(cycle_ids))
    sittings = select(Sitting.id).join(ThematicTable, Sitting.table_id == ThematicTable.id)
    polls = (
        select(Poll.id)
        .join(Sitting, Poll.sitting_id == Sitting.id)
        .join(ThematicTable, Sitting.table_id == ThematicTable.id)
    )
    maps = select(OpinionMap.id).join(ThematicTable, OpinionMap.table_id == ThematicTable.id)
    surveys = select(Survey.id).join(ThematicTable, Survey.table_id == ThematicTable.id)
    outcomes = select(Outcome.id).join(ThematicTable, Outcome.table_id == ThematicTable.id)
    zone = [
        _names("territory", select(Territory.id).join(Zone).join(Cycle).where(cycle)),
        *(_names(family, select(Cycle.zone_id).where(cycle)) for family in _OF_A_ZONE),
    ]
    names = union_all(
        *(zone if with_zone else []),
        *(_names(family, select(Cycle.id).where(cycle)) for family in _OF_A_CYCLE),
        _names("programme", programmes),
        _names("budget", budgets),
        _names("opinions", maps.where(here)),
        _names("survey", surveys.where(here)),
        _names("table", select(ThematicTable.id).where(here)),
        *(_names(family, sittings.where(here)) for family in _OF_A_SITTING),
        _names("poll", polls.where(here)),
        _names("outcome", outcomes.where(here)),
    ).cte("streams")
    return select(names.c.stream)


def _names(family: str, numbers: Select[int]) -> Select[str]:
    ids = numbers.subquery()
    number: ColumnElement[int] = next(iter(ids.c))
    return select((literal(f"{family}:") + cast(number, Text)).label("stream"))
