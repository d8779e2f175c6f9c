"""The agenda point by point: when it was discussed, who spoke on it, what was voted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.minutes.compose import quorum, wording
from consultazione.minutes.compose.documents import documents_by_point
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.questions import question_rows
from consultazione.minutes.compose.speeches import Speech, speech_rows
from consultazione.minutes.compose.statements import statements
from consultazione.minutes.compose.types import (
    ApprovedHere,
    BreakRow,
    LeftTo,
    OnPoint,
    PointHead,
    PointRow,
    PointTime,
    PollRow,
)
from consultazione.sittings.agenda.events import (
    AgendaReordered,
    PointCorrected,
    PointPostponed,
    PointRemoved,
)
from consultazione.sittings.breaks.events import PointSuspended, SittingResumed, SittingSuspended
from consultazione.sittings.events import PointAdded, PointClosed, PointStarted, SittingClosed

# A poll with the point that it was about.
PollOn = tuple[int | None, PollRow]
_Span = tuple[Entry, datetime]  # its first entry, and its end


def agenda(
    facts: SittingFacts, speeches: Sequence[Speech], polls: Sequence[PollOn]
) -> list[PointRow]:
    """Every point of the agenda by rank, those never discussed included, but none taken off."""
    spans = _spans(facts)
    points = _in_order(facts)
    documents = documents_by_point(facts)
    postponed = {event.point_id for _, event in facts.each(PointPostponed)}
    return [
        {
            **_head(facts, point),
            **_when(spans[point.point_id]),
            **_left(point.point_id in postponed),
            **on_point(facts, point.point_id, speeches, polls),
            **quorum.until(facts, _end_of(spans[point.point_id])),
            **documents.get(point.point_id, {}),
            **_approvals(facts, point.point_id),
        }
        for point in points
    ]


def on_point(
    facts: SittingFacts, point_id: int | None, speeches: Sequence[Speech], polls: Sequence[PollOn]
) -> OnPoint:
    """The questions, speeches, polls and statements on a point, or off the agenda if None."""
    return {
        "questions": question_rows(facts, point_id),
        "speeches": speech_rows(facts, [s for s in speeches if s.point_id == point_id]),
        "polls": [row for on, row in polls if on == point_id],
        **statements(facts, point_id),
    }


def _approvals(facts: SittingFacts, point_id: int) -> ApprovedHere:
    """The earlier minutes that the table approved at a point, if any."""
    found = facts.approvals.get(point_id)
    return {"approvals": list(found)} if found else {}


def _left(is_postponed: bool) -> LeftTo:
    """That a point was left to a later sitting, if it was."""
    return {"postponed": True} if is_postponed else {}


def _head(facts: SittingFacts, point: PointAdded) -> PointHead:
    title = facts.names.proposals.get(point.proposal_id or 0)
    return {
        "id": point.point_id,
        "rank": point.rank,
        "title": wording.text(point.title),
        "minutes_planned": point.minutes_planned,
        "proposal": {"id": point.proposal_id, "title": title} if title is not None else None,
    }


def _when(spans: Sequence[_Span]) -> PointTime:
    """When a point was discussed, and the entry that started it; nulls if it was not.

    The duration leaves out breaks.
    """
    if not spans:
        return {"started": None, "ended": None, "duration": None, "entry": None}
    (first, _), (_, until) = spans[0], spans[-1]
    taken = sum((end - entry.at for entry, end in spans), timedelta())
    return {
        "started": wording.moment(first.at),
        "ended": wording.moment(until),
        "duration": wording.duration(taken),
        "entry": first.number,
    }


def _end_of(spans: Sequence[_Span]) -> datetime | None:
    return spans[-1][1] if spans else None


def _in_order(facts: SittingFacts) -> list[PointAdded]:
    """The points of the final agenda, by rank."""
    removed = {event.point_id for _, event in facts.each(PointRemoved)}
    added = [event for _, event in facts.each(PointAdded) if event.point_id not in removed]
    points = sorted(map(_corrected(facts), added), key=lambda p: p.rank)
    ranks = {point.point_id: point.rank for point in points}
    for _, event in facts.each(AgendaReordered):
        ranks |= {point_id: rank for rank, point_id in enumerate(event.point_ids, start=1)}
    return [
        replace(p, rank=ranks[p.point_id]) for p in sorted(points, key=lambda p: ranks[p.point_id])
    ]


def _corrected(facts: SittingFacts) -> Callable[[PointAdded], PointAdded]:
    """Reads a point as it was corrected the last time."""
    last = {event.point_id: event for _, event in facts.each(PointCorrected)}

    def read(point: PointAdded) -> PointAdded:
        said = last.get(point.point_id)
        if said is None:
            return point
        return replace(point, title=said.title, minutes_planned=said.minutes_planned)

    return read


def _spans(facts: SittingFacts) -> dict[int, list[_Span]]:
    """The intervals in which each point was discussed, by point id.

    An interval ends when the point is closed or suspended, when another starts, or when the
    sitting is suspended or closed. A resumed sitting continues with the point it names.
    """
    spans: dict[int, list[_Span]] = defaultdict(list)
    running: tuple[int, Entry] | None = None
    for entry in facts.entries:
        event = entry.event
        if running is not None and _ends(event, running[0]):
            point_id, begun = running
            spans[point_id].append((begun, max(begun.at, entry.at)))
            running = None
        if isinstance(event, PointStarted | SittingResumed) and event.point_id is not None:
            running = (event.point_id, entry)
    return spans


def _ends(event: Event, point_id: int) -> bool:
    """True if the event ends the interval in which the point is being discussed."""
    if isinstance(event, PointClosed | PointSuspended):
        return event.point_id == point_id
    return isinstance(event, PointStarted | SittingSuspended | SittingClosed)


def breaks(facts: SittingFacts) -> list[BreakRow]:
    """The breaks of the sitting: when each began and ended, and why."""
    ends = [entry.at for entry, _ in facts.each(SittingResumed)]
    return [
        {
            "from": wording.moment(entry.at),
            "to": wording.moment(next((at for at in ends if at >= entry.at), facts.closed_at)),
            "reason": wording.text(event.reason),
            "entry": entry.number,
        }
        for entry, event in facts.each(SittingSuspended)
    ]
