"""A person's calendar at a secret address: what is in it, and who reads it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import NotAllowed
from consultazione.minutes.commands.circulating import circulate_minutes
from consultazione.minutes.models import Minutes
from consultazione.people.commands.blocking import block_person
from consultazione.setup.commands.settings import change_zone
from consultazione.site.calendars.commands import make_calendar_address, revoke_calendar_address
from consultazione.site.calendars.models import CalendarAddress
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.record.commands.commitments import make_commitment
from tests.support.factories import Factory


def key_of(make: Factory, who: Actor) -> str:
    with make.database.transaction(who) as tx:
        return make_calendar_address(tx)


def read(client: FlaskClient, key: str) -> dict[str, Any]:
    answer = client.get(f"/calendario/persona.ics?chiave={key}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "private, no-cache"
    found: Any = icalendar.Calendar.from_ical(answer.data)
    return {str(event["uid"]).partition("@")[0]: event for event in found.walk("VEVENT")}


def test_only_what_concerns_its_person(client: FlaskClient, make: Factory) -> None:
    citizen = make.citizen()
    table = make.table()
    proposed = make.proposal(table=table, author=citizen)
    own, other = make.sitting(table), make.sitting()
    facilitator = make.holder(Role.FACILITATOR, table.id)
    with make.database.transaction(facilitator) as tx:
        start_rehearsal(tx, sitting_id=own.id)
    assert proposed.table_id == table.id
    assert set(read(client, key_of(make, citizen))) == {f"sitting-{own.id}"}
    assert set(read(client, key_of(make, facilitator))) == {f"sitting-{own.id}"}
    assert read(client, key_of(make, make.citizen())) == {}
    assert other.table_id != table.id


def test_its_last_days(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    chair, due = make.presided(sitting), clock.today() + timedelta(days=9)
    citizen = make.present(sitting)
    with make.database.transaction(chair) as tx:
        made = make_commitment(
            tx, sitting_id=sitting.id, body="Porta i dati.", due_on=due, person_id=citizen.person_id
        )
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    found = read(client, key_of(make, citizen))
    assert set(found) == {f"sitting-{sitting.id}", f"commitment-{made.id}"}
    assert found[f"commitment-{made.id}"]["dtstart"].dt == due


def test_corrections_have_a_last_day(client: FlaskClient, make: Factory) -> None:
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=make.zone.id, correction_days=5)
    sitting = make.sitting()
    chair = make.presided(sitting)
    citizen = make.present(sitting)
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    minutes = make.minutes(sitting)
    circulated(make, chair, minutes.id)
    found = read(client, key_of(make, citizen))
    last = found[f"minutes-{minutes.id}-corrections"]["dtstart"].dt
    assert last == clock.today() + timedelta(days=5)
    assert f"minutes-{minutes.id}-corrections" not in read(client, key_of(make, make.citizen()))


def circulated(make: Factory, chair: Actor, minutes_id: int) -> None:
    with make.database.transaction(chair) as tx:
        version = tx.session.get_one(Minutes, minutes_id).version
        circulate_minutes(tx, minutes_id=minutes_id, version=version)


def test_a_new_address_ends_the_old_one_and_both_can_be_ended(
    client: FlaskClient, make: Factory
) -> None:
    citizen = make.citizen()
    old, new = key_of(make, citizen), key_of(make, citizen)
    assert client.get(f"/calendario/persona.ics?chiave={old}").status_code == 404
    assert read(client, new) == {}
    with make.session() as session:
        (row,) = session.query(CalendarAddress).filter_by(person_id=citizen.person_id)
        assert new.encode() not in row.token_digest
    for _ in range(2):
        with make.database.transaction(citizen) as tx:
            revoke_calendar_address(tx)
    assert client.get(f"/calendario/persona.ics?chiave={new}").status_code == 404
    assert client.get("/calendario/persona.ics").status_code == 404


def test_a_blocked_account_has_no_calendar(client: FlaskClient, make: Factory) -> None:
    citizen = make.citizen()
    key = key_of(make, citizen)
    assert citizen.person_id is not None
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        block_person(tx, person_id=citizen.person_id, reason="Abuso.", zone_id=make.zone.id)
    assert client.get(f"/calendario/persona.ics?chiave={key}").status_code == 404


def test_the_page_shows_the_address_once(client: FlaskClient, make: Factory) -> None:
    browser = make.sign_in(client, make.citizen())
    shown = browser.post("/profilo/calendario").text
    found = re.search(r"persona\.ics\?chiave=([\w-]{43})", shown)
    assert found
    assert read(client, found[1]) == {}
    assert found[1] not in browser.get("/profilo/calendario").text
    assert browser.post("/profilo/calendario/chiudi").status_code == 302
    assert client.get(f"/calendario/persona.ics?chiave={found[1]}").status_code == 404


def test_a_visitor_has_none(make: Factory) -> None:
    with pytest.raises(NotAllowed), make.database.transaction(SYSTEM) as tx:
        make_calendar_address(tx)
