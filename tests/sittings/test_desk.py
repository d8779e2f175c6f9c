"""The desk of a hall: people it checks in stay present, whatever their devices do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.actor import VISITOR, Actor
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.log import read_stream
from consultazione.live import presence
from consultazione.live.silences import Silences
from consultazione.people.models import Category, Person
from consultazione.sittings.attendance.check_in import find_people
from consultazione.sittings.attendance.check_in_codes import entry_code, screen_key
from consultazione.sittings.attendance.commands.check_in import (
    check_in,
    check_in_by_code,
    check_out,
)
from consultazione.sittings.floor.commands.floor import give_floor, withdraw_hand_for
from consultazione.sittings.floor.commands.hands import raise_hand_for
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.quorums.headcount import is_there
from consultazione.sittings.room.snapshot import room_snapshot
from tests.support.factories import Factory

SECRET = "a key for tests only"  # as in the tests' database


@pytest.fixture
def sitting(make: Factory) -> Sitting:
    return make.sitting()


@pytest.fixture
def chair(make: Factory, sitting: Sitting) -> Actor:
    return make.presided(sitting)


def present(make: Factory, sitting: Sitting) -> list[int]:
    with make.session() as session:
        here = select(Attendance.person_id).where(is_there(sitting.id)).order_by(Attendance.id)
        return list(session.scalars(here))


def let_in(make: Factory, actor: Actor, sitting: Sitting, person_id: int) -> None:
    with make.database.transaction(actor) as tx:
        person = tx.session.get(Person, person_id)
        email = person.email or "" if person else ""
        check_in(tx, sitting_id=sitting.id, person_id=person_id, email=email)


def test_let_in_by_who_presides_and_seen_off(make: Factory, sitting: Sitting, chair: Actor) -> None:
    anna = make.delegate(Category.UNION).person_id
    assert anna is not None
    for _ in range(2):  # idempotent
        let_in(make, chair, sitting, anna)
    assert present(make, sitting) == [chair.person_id, anna]
    with make.session() as session:
        came, place = read_stream(session, f"attendance:{sitting.id}")[-2:]
    assert (came.kind, came.actor_id) == ("attendance.entered", chair.person_id)
    assert (place.kind, place.actor_id) == ("attendance.checked_in", chair.person_id)
    for _ in range(2):
        with make.database.transaction(chair) as tx:
            check_out(tx, sitting_id=sitting.id, person_id=anna)
    assert present(make, sitting) == [chair.person_id]


def test_refusals(make: Factory, sitting: Sitting) -> None:
    anna = make.citizen()
    assert anna.person_id is not None
    with pytest.raises(NotAllowed):
        let_in(make, anna, sitting, anna.person_id)
    chair = make.presided(sitting)
    with pytest.raises(NotFound):
        let_in(make, chair, sitting, 2**40)
    with pytest.raises(NotAllowed):
        let_in(make, chair, make.sitting(), anna.person_id)
    make.held(closed := make.sitting())
    with pytest.raises((Conflict, NotAllowed)):
        let_in(make, chair, closed, anna.person_id)


def test_no_silence_ends_it(make: Factory, sitting: Sitting, chair: Actor, valkey_url: str) -> None:
    hall, online = make.citizen(), make.present(sitting)
    let_in(make, chair, sitting, hall.person_id or 0)
    silences = Silences(iter(range(0, 300, 15)).__next__)
    with Redis.from_url(valkey_url) as redis:
        for _ in range(12):
            presence.sweep(make.database, redis, silences)
    assert hall.person_id in present(make, sitting)
    assert online.person_id not in present(make, sitting)


def test_people_are_found_by_name_and_by_organisation(make: Factory) -> None:
    person = make.person(display_name="Zeno 100% Bassi")
    organisation = make.organisation()
    make.mandate(person, organisation)

    def names(words: str) -> list[tuple[str, str | None]]:
        with make.session() as session:
            people = find_people(session, words, zone_id=make.zone.id, at=clock.now())
            return [(person.display_name, organisation) for person, organisation in people]

    assert names("zeno") == names("100%") == [("Zeno 100% Bassi", organisation.name)]
    assert names(organisation.name) == [("Zeno 100% Bassi", organisation.name)]
    assert names("ze") == names("%%%") == []


def test_a_hand_for_somebody_in_the_hall(make: Factory, sitting: Sitting, chair: Actor) -> None:
    hall, online = make.citizen(), make.present(sitting)
    let_in(make, chair, sitting, hall.person_id or 0)

    def ask(person: Actor, actor: Actor = chair) -> int:
        with make.database.transaction(actor) as tx:
            return raise_hand_for(tx, sitting_id=sitting.id, person_id=person.person_id or 0).id

    hand = ask(hall)
    assert ask(hall) == hand  # idempotent
    with make.session() as session:
        entry = read_stream(session, f"sitting:{sitting.id}")[-1]
        assert [raised["id"] for raised in room_snapshot(session, sitting.id)["hands"]] == [hand]
    assert (entry.kind, entry.actor_id) == ("hand.raised", chair.person_id)
    for other in (online, make.citizen()):
        with pytest.raises(Conflict):
            ask(other)
    with pytest.raises(NotAllowed):
        ask(hall, actor=online)
    for _ in range(2):
        with make.database.transaction(chair) as tx:
            withdraw_hand_for(tx, hand_id=hand)
    with pytest.raises(NotAllowed), make.database.transaction(hall) as tx:
        withdraw_hand_for(tx, hand_id=hand)
    with make.database.transaction(chair) as tx:
        give_floor(tx, hand_id=(again := ask(hall)))
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        withdraw_hand_for(tx, hand_id=again)


def test_checking_in_with_the_code(make: Factory, sitting: Sitting, chair: Actor) -> None:
    anna, other = make.citizen(), make.sitting(starts_at=clock.now() + timedelta(days=2))

    def enter(code: str, actor: Actor = anna) -> None:
        with make.database.transaction(actor) as tx:
            assert check_in_by_code(tx, code=code).in_hall

    code = entry_code(SECRET, sitting.id)
    assert code != entry_code(SECRET, other.id)
    for wrong in ("", "ABCDEF", entry_code(SECRET, other.id), entry_code("another", sitting.id)):
        with pytest.raises(Invalid):
            enter(wrong)
    with pytest.raises(NotAllowed):
        enter(code, VISITOR)
    for typed in (code, f" {code[:3].lower()}-{code[3:].lower()} "):
        enter(typed)
    assert present(make, sitting) == [chair.person_id, anna.person_id]
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    with pytest.raises(Invalid):
        enter(code)


def test_the_page_of_the_code(
    app: Flask, client: FlaskClient, make: Factory, sitting: Sitting, chair: Actor
) -> None:
    secret = app.extensions["settings"].require_secret_key()
    code, key = entry_code(SECRET, sitting.id), screen_key(secret, sitting.id)
    shown = entry_code(secret, sitting.id)
    screen = f"/sedute/{sitting.id}/schermo"
    for address, is_shown in (
        (screen, False),
        (f"{screen}?chiave=x", False),
        (f"{screen}?chiave={key}", True),
    ):
        assert (f"{shown[:3]} {shown[3:]}" in client.get(address).text) is is_shown
    assert client.get(f"/sedute/{sitting.id}/codice/{key}.svg").mimetype == "image/svg+xml"
    assert client.get(f"/sedute/{sitting.id}/codice/wrong.svg").status_code == 404
    assert client.get("/entra").status_code == 302
    make.sign_in(client, anna := make.citizen())
    assert f'value="{code}"' in client.get(f"/entra?codice={code}").text
    assert client.post("/entra", data={"code": "wrong"}).status_code == 422
    assert client.post("/entra", data={"code": code}).location == f"/sedute/{sitting.id}/stanza"
    assert anna.person_id in present(make, sitting)


def test_the_page(client: FlaskClient, make: Factory, sitting: Sitting, chair: Actor) -> None:
    person = make.person(display_name="Zeno Bassi")
    path = f"/sedute/{sitting.id}/banco"
    assert client.get(path).status_code == 302
    assert make.sign_in(client, make.citizen()).get(path).status_code == 403
    make.sign_in(client, chair)
    assert "Zeno Bassi" not in client.get(f"{path}?cerca=zeno").text
    assert "Zeno Bassi" in client.get(f"{path}?cerca={person.email}").text
    assert client.get(f"{path}?cerca=%00ab").status_code == 200
    told = {"email": person.email}
    page = client.post(f"{path}/{person.id}/entra", data=told, follow_redirects=True).text
    assert "Zeno Bassi" in page
    assert person.id in present(make, sitting)
    page = client.post(f"{path}/{person.id}/mano", follow_redirects=True).text
    assert "chiede la parola" in page
    with make.session() as session:
        (hand,) = room_snapshot(session, sitting.id)["hands"]
    page = client.post(f"{path}/mani/{hand['id']}/ritira", follow_redirects=True).text
    assert "chiede la parola</strong>" not in page
    client.post(f"{path}/{person.id}/esce")
    assert person.id not in present(make, sitting)
