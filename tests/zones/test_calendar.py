"""The calendar: its page, and what other programs read of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.lifecycle.commands.revising import cancel_sitting
from consultazione.zones.calendar.entries import Entry
from consultazione.zones.calendar.ics import to_ics
from consultazione.zones.commands.path import open_phase, set_deadline
from consultazione.zones.commands.setting_up import open_cycle
from consultazione.zones.gatherings.commands import (
    announce_gathering,
    call_off_gathering,
    revise_gathering,
)
from consultazione.zones.gatherings.models import GatheringKind
from consultazione.zones.queries import phases
from tests.support.factories import Factory

NOON = datetime(2026, 7, 1, 10, tzinfo=UTC)


def read(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.data)


def events(calendar: Any) -> dict[str, Any]:
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def deadline(make: Factory, due_on: date) -> int:
    with make.session() as session:
        phase_id: int = phases(session, make.cycle.id)[1].id
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase_id, starts_on=clock.today() - timedelta(days=9))
        set_deadline(tx, phase_id=phase_id, due_on=due_on)
    return phase_id


def test_moments_are_those_of_rome_and_days_are_whole() -> None:
    entries = [
        Entry(uid="sitting-1", kind="Seduta", title="a, b; c", starts=NOON, address="https://a/1"),
        Entry(
            uid="phase-2", kind="Termine", title="x", starts=date(2026, 7, 3), address="https://a/"
        ),
    ]
    written = to_ics("Reno", (("reno", entry) for entry in entries))
    calendar: Any = icalendar.Calendar.from_ical(written)
    found = events(calendar)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Rome"]
    assert b"DTSTART;TZID=Europe/Rome:20260701T120000" in written
    assert found["sitting-1@reno.consultazione"]["dtend"].dt - NOON == timedelta(hours=2)
    whole = found["phase-2@reno.consultazione"]
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (date(2026, 7, 3), date(2026, 7, 4))
    assert str(found["sitting-1@reno.consultazione"]["summary"]) == "Seduta: a, b; c"


def test_everybody_may_follow_cycle_zone_and_table(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    sitting, elsewhere = make.sitting(table), make.sitting()
    phase_id = deadline(make, clock.today() + timedelta(days=3))
    place = f"{make.zone.slug}.consultazione"
    own, other = f"sitting-{sitting.id}@{place}", f"sitting-{elsewhere.id}@{place}"
    due = f"phase-{phase_id}-deadline@{place}"
    assert set(events(read(client, f"{make.here}/calendario.ics"))) == {own, other, due}
    for address in (
        f"{make.here}/calendario-zona.ics",
        f"{make.at}/calendario.ics",
        "/calendario.ics",
    ):
        assert set(events(read(client, address))) == {own, other, due}
    assert set(events(read(client, f"/sedute/{sitting.id}/calendario.ics"))) == {own}
    assert set(events(read(client, f"{make.here}/tavoli/{table.slug}/calendario.ics"))) == {own}


def test_the_last_day_of_a_phase_leads_to_the_path_of_its_cycle(
    client: FlaskClient, make: Factory
) -> None:
    deadline(make, clock.today() + timedelta(days=3))
    path = f"{make.here}/percorso"
    with make.database.transaction(SYSTEM) as tx:
        open_cycle(tx, zone_id=make.zone.id, first_year=2031, last_year=2033)
    assert make.here not in path
    (due,) = events(read(client, f"{make.here}/calendario-zona.ics")).values()
    assert str(due["url"]).endswith(path)


def test_what_changes_keeps_its_uid(client: FlaskClient, make: Factory) -> None:
    given: dict[str, Any] = {
        "kind": GatheringKind.SEMINAR, "title": "Seminario", "starts_at": NOON, "place": "Teatro",
    }  # fmt: skip
    with make.database.transaction(SYSTEM) as tx:
        shown = announce_gathering(tx, cycle_id=make.cycle.id, **given)
    (before,) = events(read(client, f"{make.here}/calendario.ics")).items()
    later = {**given, "starts_at": NOON + timedelta(days=1)}
    with make.database.transaction(SYSTEM) as tx:
        revise_gathering(tx, gathering_id=shown.id, revision=0, **later)
    with make.database.transaction(SYSTEM) as tx:
        call_off_gathering(tx, gathering_id=shown.id, reason="Neve.")
    (after,) = events(read(client, f"{make.here}/calendario.ics")).items()
    assert after[0] == before[0]
    assert (int(before[1]["sequence"]), int(after[1]["sequence"])) == (0, 2)
    assert (str(before[1]["status"]), str(after[1]["status"])) == ("CONFIRMED", "CANCELLED")


def test_whoever_has_a_calendar_already_is_not_sent_it_again(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    address = f"{make.here}/calendario.ics"
    first = client.get(address)
    (event,) = events(icalendar.Calendar.from_ical(first.data)).values()
    assert event["last-modified"].dt == event["dtstamp"].dt == whole_second(sitting.convened_at)
    mark = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=mark).status_code == 304
    facilitator = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(facilitator) as tx:
        cancel_sitting(tx, sitting_id=sitting.id, reason="Neve.")
    later = client.get(address, headers=mark)
    assert later.status_code == 200
    (event,) = events(icalendar.Calendar.from_ical(later.data)).values()
    assert (int(event["sequence"]), str(event["status"])) == (1, "CANCELLED")
    assert event["dtstamp"].dt > whole_second(sitting.convened_at) - timedelta(seconds=1)


def whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def test_a_rehearsal_stands_in_no_calendar(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    facilitator = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(facilitator) as tx:
        rehearsal = start_rehearsal(tx, sitting_id=sitting.id)
    assert len(events(read(client, f"{make.here}/calendario.ics"))) == 1
    assert client.get(f"/sedute/{rehearsal.id}/calendario.ics").status_code == 404


def test_the_page_tells_what_comes_from_what_has_been(client: FlaskClient, make: Factory) -> None:
    empty = client.get(f"{make.here}/calendario").text if make.zone else ""
    assert 'class="empty"' in empty
    make.sitting(title="Prima seduta", starts_at=clock.now() - timedelta(days=30))
    make.sitting(title="Seconda seduta")
    page = client.get(f"{make.here}/calendario", headers={"Accept-Language": "en"}).text
    coming, _heading, past = page.partition("What has been")
    assert "Seconda seduta" in coming
    assert "Prima seduta" in past


def test_the_path_says_what_can_be_done_until_when(client: FlaskClient, make: Factory) -> None:
    due = clock.today() + timedelta(days=3)
    deadline(make, due)
    make.sitting(title="Seconda seduta")
    page = client.get(f"{make.here}/percorso", headers={"Accept-Language": "en"}).text
    now = page.partition("What you can do now")[2].partition("The phases")[0]
    assert f"{due.day} {due:%B} {due.year}" in now
    assert f"{make.here}/proposte/nuova" in now
    assert "Seconda seduta" in now
