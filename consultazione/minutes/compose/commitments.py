"""Commitments in the minutes: what is to be done, by whom and by when."""

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
    """The commitments as {"commitments": rows}, earliest due date first; empty if none."""
    points = {event.point_id: event.title for _, event in facts.each(PointAdded)}
    standing = _in_the_end(facts).values()
    rows: list[CommitmentRow] = [
        {
            "body": wording.text(event.body),
            "owner": _owner(facts, event),
            "due": {"on": event.due_on.isoformat(), "day": wording.day(event.due_on)},
            "point": wording.text(points[event.point_id]) if event.point_id in points else None,
        }
        for event in sorted(standing, key=lambda event: (event.due_on, event.commitment_id))
    ]
    return {"commitments": rows} if rows else {}


def _in_the_end(facts: SittingFacts) -> dict[int, CommitmentRecorded]:
    """The commitments as they stood when the sitting was closed, by id."""
    standing: dict[int, CommitmentRecorded] = {}
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, CommitmentRecorded):
            standing[event.commitment_id] = event
        elif isinstance(event, CommitmentRevised):
            standing[event.commitment_id] = _revised(standing[event.commitment_id], event)
        elif isinstance(event, CommitmentCancelled):
            standing.pop(event.commitment_id, None)
    return standing


def _revised(recorded: CommitmentRecorded, event: CommitmentRevised) -> CommitmentRecorded:
    return replace(
        recorded,
        body=event.body,
        due_on=event.due_on,
        person_id=event.person_id,
        organisation_id=event.organisation_id,
    )


def _owner(facts: SittingFacts, event: CommitmentRecorded) -> str:
    if event.person_id is not None:
        return facts.names.person(event.person_id)
    organisation = facts.names.organisations.get(event.organisation_id or 0)
    return organisation.name if organisation else f"Organizzazione {event.organisation_id}"
