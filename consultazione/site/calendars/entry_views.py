"""The lines of a person's own calendar: their sittings, and the last days that concern them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core.clock import in_rome
from consultazione.minutes.queries import drafts_to_read
from consultazione.outcomes.queries import awaited_of
from consultazione.site.calendars.queries import cycles_of, sittings_of_person, tables_of_person
from consultazione.sittings.calendar_entries import entries_of_sittings
from consultazione.sittings.record.commitments import awaited_commitments
from consultazione.zones.calendar.changes import deadline_changes
from consultazione.zones.calendar.entries import Entry, in_order, of_phases
from consultazione.zones.models import Cycle, Zone
from consultazione.zones.queries import phases, zones_by_id

_MOST_SITTINGS = 500


def entries_of(session: Session, person_id: int, now: datetime) -> Iterator[tuple[str, Entry]]:
    """What concerns a person, each line with the slug of its zone, by zone and day."""
    tables = tables_of_person(session, person_id, at=now)
    sittings = sittings_of_person(session, person_id, at=now, limit=_MOST_SITTINGS)
    zone_of_sitting = {sitting.id: sitting.table.zone_id for sitting in sittings}
    cycles = cycles_of(session, [*tables, *(sitting.table for sitting in sittings)])
    zones = zones_by_id(session, {cycle.zone_id for cycle in cycles})
    for zone in zones.values():
        here = [sitting for sitting in sittings if zone_of_sitting[sitting.id] == zone.id]
        lines = [
            *entries_of_sittings(session, here, _page_of_sitting),
            *_signatures(session, zone, person_id, now),
        ]
        lines += _commitments(session, zone, person_id, now)
        for cycle in cycles:
            if cycle.zone_id == zone.id:
                lines += [*_phases(session, zone, cycle), *_drafts(session, cycle, person_id, now)]
        yield from ((zone.slug, entry) for entry in in_order(lines))


def _phases(session: Session, zone: Zone, cycle: Cycle) -> list[Entry]:
    return of_phases(
        phases(session, cycle.id),
        kind=_("Last day of the phase"),
        address=url_for("zones.path", zone=zone.slug, cycle=cycle.years, _external=True),
        changed=deadline_changes(session, zone.id),
    )


def _drafts(session: Session, cycle: Cycle, person_id: int, now: datetime) -> Iterator[Entry]:
    """The last days on which they can ask for corrections of minutes."""
    today = in_rome(now).date()
    for minutes in drafts_to_read(session, cycle.id, person_id, today=today):
        if minutes.corrections_until:
            yield Entry(
                uid=f"minutes-{minutes.id}-corrections",
                kind=_("Last day for corrections of the minutes"),
                title=minutes.sitting.title,
                starts=minutes.corrections_until,
                address=url_for("minutes.show", minutes_id=minutes.id, _external=True),
                changed=minutes.circulated_at,
            )


def _signatures(session: Session, zone: Zone, person_id: int, now: datetime) -> Iterator[Entry]:
    """The last days for the answer of their union to outcomes."""
    for outcome in awaited_of(session, zone.id, person_id, at=now):
        if outcome.due_on:
            yield Entry(
                uid=f"outcome-{outcome.id}-answer",
                kind=_("Last day for the answer of your union"),
                title=outcome.minutes.sitting.title,
                starts=outcome.due_on,
                address=url_for("outcomes.show", outcome_id=outcome.id, _external=True),
            )


def _commitments(session: Session, zone: Zone, person_id: int, now: datetime) -> Iterator[Entry]:
    """The days by which they, or those for whom they speak, have undertaken something."""
    for commitment in awaited_commitments(session, zone.id, person_id, at=now):
        sitting = commitment.sitting
        yield Entry(
            uid=f"commitment-{commitment.id}",
            kind=_("Commitment"),
            title=commitment.body,
            starts=commitment.due_on,
            address=_page_of_sitting(sitting.id),
        )


def _page_of_sitting(sitting_id: int) -> str:
    return url_for("sittings.show", sitting_id=sitting_id, _external=True)
