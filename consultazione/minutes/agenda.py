"""The agenda point by point: when it was dealt with, who spoke on it, what was voted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from consultazione.core.log import Entry
from consultazione.minutes import wording
from consultazione.minutes.facts import SittingFacts
from consultazione.minutes.speeches import Speech, speech_rows
from consultazione.sittings.events import PointAdded, PointClosed, PointStarted

PollRow = tuple[int | None, dict[str, Any]]
_Span = tuple[Entry, datetime]


def agenda(
    facts: SittingFacts, found: Sequence[Speech], polls: Sequence[PollRow]
) -> list[dict[str, Any]]:
    """Every point by rank, those that the sitting did not come to included."""
    spans = _spans(facts)
    points = sorted((event for _, event in facts.each(PointAdded)), key=lambda p: p.rank)
    return [
        _head(facts, point)
        | _when(spans.get(point.point_id))
        | on_point(facts, point.point_id, found, polls)
        for point in points
    ]


def on_point(
    facts: SittingFacts, point_id: int | None, found: Sequence[Speech], polls: Sequence[PollRow]
) -> dict[str, Any]:
    """What was said and voted on a point; on none of them for None."""
    return {
        "speeches": speech_rows(facts, [s for s in found if s.point_id == point_id]),
        "polls": [row for on, row in polls if on == point_id],
    }


def _head(facts: SittingFacts, point: PointAdded) -> dict[str, Any]:
    title = facts.names.proposals.get(point.proposal_id or 0)
    return {
        "id": point.point_id,
        "rank": point.rank,
        "title": wording.text(point.title),
        "minutes_planned": point.minutes_planned,
        "proposal": {"id": point.proposal_id, "title": title} if title is not None else None,
    }


def _when(span: _Span | None) -> dict[str, Any]:
    """When a point was dealt with, and the entry at which it began; empty if it was not."""
    if span is None:
        return {"started": None, "ended": None, "duration": None, "entry": None}
    entry, until = span
    return {
        "started": wording.moment(entry.at),
        "ended": wording.moment(until),
        "duration": wording.duration(until - entry.at),
        "entry": entry.number,
    }


def _spans(facts: SittingFacts) -> dict[int, _Span]:
    """By point, its beginning and its end: its closing, the next point, or the sitting's end."""
    closed = {event.point_id: entry.at for entry, event in facts.each(PointClosed)}
    return {
        event.point_id: (entry, max(entry.at, min(closed.get(event.point_id, after), after)))
        for entry, event, after in facts.each_until_next(PointStarted)
    }
