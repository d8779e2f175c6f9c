"""The order of the points that are still to come."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.sittings.agenda import is_any_other_business
from consultazione.sittings.commands.fetch import point_alone, require_at
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import AgendaPoint, PointState, Sitting, SittingState
from consultazione.sittings.pauses.events import AgendaReordered

_TO_COME = (PointState.PENDING, PointState.SUSPENDED)


def move_point(tx: Transaction, *, point_id: int, before: int | None) -> AgendaPoint:
    """Put a point that is still to come before another one, or last; harmless if it is there.

    Conflict if either has been started, or if any other business would not stay last.
    """
    point, sitting = point_alone(tx, point_id)
    require_at(tx, "move_point", sitting)
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("The sitting is over: read its record and its minutes."))
    agenda = agenda_of(tx, sitting.id)
    other = next((one for one in agenda if one.id == before), None)
    if (before is not None and other is None) or not _to_come(point, other):
        raise Conflict(_("Only points that are still to come can be put in another order."))
    if other is not point:
        rest = [one for one in agenda if one is not point]
        at = len(rest) if other is None else rest.index(other)
        put_in_order(tx, sitting, [*rest[:at], point, *rest[at:]])
    return point


def agenda_of(tx: Transaction, sitting_id: int) -> list[AgendaPoint]:
    """The points of a sitting that the transaction holds alone, by rank."""
    query = select(AgendaPoint).filter_by(sitting_id=sitting_id).order_by(AgendaPoint.rank)
    return list(tx.session.scalars(query))


def put_in_order(tx: Transaction, sitting: Sitting, ordered: Sequence[AgendaPoint]) -> None:
    """Give points their ranks in that order, and record it if it is another."""
    if any(is_any_other_business(point.title) for point in ordered[:-1]) and (
        is_any_other_business(max(ordered, key=lambda point: point.rank).title)
    ):
        raise Conflict(_("Any other business stays the last point."))
    if all(point.rank == rank for rank, point in enumerate(ordered, start=1)):
        return
    for aside in (-1, 1):  # ranks are unique at every moment
        for rank, point in enumerate(ordered, start=1):
            point.rank = aside * rank
        tx.flush()
    tx.record(
        sitting_stream(sitting.id), AgendaReordered(point_ids=[point.id for point in ordered])
    )


def _to_come(point: AgendaPoint, other: AgendaPoint | None) -> bool:
    return all(one.state in _TO_COME for one in (point, other) if one is not None)
