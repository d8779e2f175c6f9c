"""Commitments in the minutes: a list of what is to be done, by whom and until when."""

from __future__ import annotations

from dataclasses import replace

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import CommitmentRow, Commitments
from consultazione.sittings.events import PointAdded
from consultazione.sittings.record.events import (
    CommitmentCancelled,
    CommitmentRecorded,
    CommitmentRevised,
)


def commitments(facts: SittingFacts) -> Commitments:
    """What was undertaken, as `commitments`, the soonest first; nothing if nothing was."""
    points = {event.point_id: event.title for _, event in facts.each(PointAdded)}
    found = sorted(_in_the_end(facts).values(), key=lambda one: (one.due_on, one.commitment_id))
    rows: list[CommitmentRow] = [
        {
            "body": wording.text(one.body),
            "owner": _owner(facts, one),
            "due": {"on": one.due_on.isoformat(), "day": wording.day(one.due_on)},
            "point": wording.text(points[one.point_id]) if one.point_id in points else None,
        }
        for one in found
    ]
    return {"commitments": rows} if rows else {}


def _in_the_end(facts: SittingFacts) -> dict[int, CommitmentRecorded]:
    """The commitments as they stood at the closing, by id."""
    found: dict[int, CommitmentRecorded] = {}
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, CommitmentRecorded):
            found[event.commitment_id] = event
        elif isinstance(event, CommitmentRevised):
            found[event.commitment_id] = _revised(found[event.commitment_id], event)
        elif isinstance(event, CommitmentCancelled):
            found.pop(event.commitment_id, None)
    return found


def _revised(one: CommitmentRecorded, event: CommitmentRevised) -> CommitmentRecorded:
    return replace(
        one,
        body=event.body,
        due_on=event.due_on,
        person_id=event.person_id,
        organisation_id=event.organisation_id,
    )


def _owner(facts: SittingFacts, one: CommitmentRecorded) -> str:
    if one.person_id is not None:
        return facts.names.person(one.person_id)
    found = facts.names.organisations.get(one.organisation_id or 0)
    return found.name if found else f"Organizzazione {one.organisation_id}"
