"""Steps of a sitting's lifecycle that several commands share."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.sittings.breaks.steps import stop_clock
from consultazione.sittings.events import PointClosed, SittingConvened, sitting_stream
from consultazione.sittings.floor.steps import end_floor_of
from consultazione.sittings.models import AgendaPoint, PointState, Sitting


def finish_point(tx: Transaction, point: AgendaPoint) -> None:
    """Close a point: end the speaker's floor, stop the point's clock, and record it."""
    end_floor_of(tx, point.sitting_id)
    point.state = PointState.DONE
    point.ended_at = tx.now
    spent = stop_clock(tx, point)
    tx.record(sitting_stream(point.sitting_id), PointClosed(point_id=point.id, spent=spent))


def record_convened(tx: Transaction, sitting: Sitting) -> None:
    """Add a new sitting, and record it as the first entry of its stream."""
    tx.session.add(sitting)
    tx.flush()
    tx.record(
        sitting_stream(sitting.id),
        SittingConvened(
            sitting_id=sitting.id,
            table_id=sitting.table_id,
            starts_at=sitting.starts_at,
            title=FreeText(sitting.title),
            place=FreeText(sitting.place),
        ),
    )
