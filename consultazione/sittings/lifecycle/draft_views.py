"""The first values of the form that convenes a sitting, blank or from an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from consultazione.sittings import labels
from consultazione.sittings.agenda.points import NewPoint, is_any_other_business
from consultazione.sittings.agenda.queries import materials_by_point
from consultazione.sittings.models import PointState, Sitting
from consultazione.sittings.queries import left_points
from consultazione.sittings.quorums.base import QuorumTerms, quorum_terms
from consultazione.sittings.quorums.schemas import form_values
from consultazione.tables.models import ThematicTable

# More points than these are pasted, or added afterwards.
_EMPTY_ROWS = 3


def first_draft(
    session: Session, table: ThematicTable, earlier: Sitting | None
) -> Mapping[str, object]:
    """Return the first values of the form.

    earlier: a sitting whose title, place, agenda, documents and quorum are taken over; None
    for the usual agenda, with the points that the table's last sitting has left over.
    """
    if earlier is None:
        return {**form_values(QuorumTerms()), **_rows(_usual_agenda(session, table))}
    papers = materials_by_point(session, earlier.id)
    points = [
        NewPoint(
            point.title,
            point.minutes_planned,
            material_ids=tuple(paper["id"] for paper in papers.get(point.id, [])),
        )
        for point in earlier.agenda
        if point.state is not PointState.REMOVED
    ]
    return {
        "title": earlier.title,
        "place": earlier.place,
        "video_url": earlier.video_url or "",
        "places": earlier.places or "",
        **form_values(quorum_terms(earlier.quorum)),
        **_rows(points),
    }


def _usual_agenda(session: Session, table: ThematicTable) -> list[NewPoint]:
    left = [NewPoint(one.title, one.minutes_planned) for one in left_points(session, table.id)]
    here = [one for one in left if one.title != str(labels.LAST_POINT)]
    return [NewPoint(str(labels.FIRST_POINT)), *here, NewPoint(str(labels.LAST_POINT))]


def _rows(given: Sequence[NewPoint]) -> Mapping[str, object]:
    """The rows of the agenda, with some that are empty before any other business."""
    ends = bool(given) and is_any_other_business(given[-1].title)
    last = given[-1:] if ends else []
    points = [*given[: len(given) - len(last)], *[NewPoint()] * _EMPTY_ROWS, *last]
    return {
        "point_title": [point.title for point in points],
        "point_minutes": [point.minutes_planned or "" for point in points],
        "papers": [
            f"{place}:{material_id}"
            for place, point in enumerate(points)
            for material_id in point.material_ids
        ],
    }
