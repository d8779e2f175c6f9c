"""Places in the hall: who registers has one or waits, and the waiting list moves up by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.events import from_data, to_data
from consultazione.people.commands.mandates import end_mandate
from consultazione.people.models import Organisation
from consultazione.sittings.attendance.commands.check_in import check_in
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.lifecycle.commands.revising import (
    cancel_sitting,
    correct_sitting,
    postpone_sitting,
)
from consultazione.sittings.models import Sitting
from consultazione.sittings.places.commands.registering import (
    register_for_hall,
    withdraw_from_hall,
)
from consultazione.sittings.places.models import Registration, RegistrationState
from consultazione.sittings.places.queries import hall_of, moved_up, places_of_reader
from consultazione.sittings.queries import get_sitting, versions_of
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.tables.commands import take_seat
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.rest_program import Program

ENGLISH = {"Accept-Language": "en"}
SOON = clock.now() + timedelta(days=2)
PLACED, WAITING = RegistrationState.PLACED, RegistrationState.WAITING


def run(make: Factory, who: Actor, command: Any, **fields: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **fields)


def register(make: Factory, sitting: Sitting, who: Actor | None = None, **of: Any) -> Registration:
    who = who or make.citizen()
    registration: Registration = run(make, who, register_for_hall, sitting_id=sitting.id, **of)
    return registration


def withdraw(make: Factory, who: Actor, registration: Registration) -> None:
    run(
        make, who, withdraw_from_hall,
        sitting_id=registration.sitting_id, registration_id=registration.id,
    )  # fmt: skip


def correct(make: Factory, who: Actor, sitting: Sitting, places: int | None) -> None:
    with make.session() as session:
        now = get_sitting(session, sitting.id)
    run(
        make, who, correct_sitting, sitting_id=now.id, revision=now.revision, title=now.title,
        place=now.place, starts_at=now.starts_at, quorum=QuorumTerms(), places=places,
        reason="Another hall.",
    )  # fmt: skip


def states(make: Factory, *registrations: Registration) -> list[RegistrationState]:
    with make.session() as session:
        return [session.get_one(Registration, one.id).state for one in registrations]


def entries(make: Factory, sitting: Sitting) -> list[log.Entry]:
    with make.session() as session:
        return list(log.read_stream(session, f"places:{sitting.id}"))


def kinds(make: Factory, sitting: Sitting) -> list[str]:
    return [entry.kind.removeprefix("places.") for entry in entries(make, sitting)]


@pytest.fixture
def small(make: Factory) -> Sitting:
    """A sitting to come in a hall of two places."""
    return make.sitting(starts_at=SOON, places=2)


@pytest.fixture
def chair(make: Factory, small: Sitting) -> Actor:
    return make.holder(Role.FACILITATOR, small.table_id)


def seated(make: Factory, sitting: Sitting) -> tuple[Actor, Organisation]:
    """The delegate of an organisation with a seat at the table."""
    person, organisation = make.person(), make.organisation()
    make.mandate(person, organisation)
    run(make, SYSTEM, take_seat, table_id=sitting.table_id, organisation_id=organisation.id)
    return make.actor(person), organisation


def test_the_first_have_a_place_and_the_others_wait_their_turn(
    make: Factory, small: Sitting
) -> None:
    anna, bruno, carla, dario = [make.citizen() for _ in range(4)]
    made = [register(make, small, who) for who in (anna, bruno, carla, dario)]
    again = register(make, small, carla)
    assert states(make, *made) == [PLACED, PLACED, WAITING, WAITING]
    assert again.id == made[2].id
    assert kinds(make, small) == ["registered"] * 4
    with make.session() as session:
        sitting = get_sitting(session, small.id)
        turns = [
            [own.turn for own in places_of_reader(session, sitting, who.person_id, []).own]
            for who in (anna, carla, dario)
        ]
        hall = hall_of(session, sitting)
    assert turns == [[None], [1], [2]]
    assert (hall.places, hall.taken, hall.waiting, hall.free) == (2, 2, 2, 0)


def test_who_withdraws_lets_the_first_waiting_move_up_at_once(
    make: Factory, small: Sitting
) -> None:
    anna, carla = make.citizen(), make.citizen()
    first, _second = register(make, small, anna), register(make, small)
    third, fourth = register(make, small, carla), register(make, small)
    withdraw(make, anna, first)
    withdraw(make, anna, first)
    assert states(make, first, third, fourth) == [RegistrationState.WITHDRAWN, PLACED, WAITING]
    assert kinds(make, small)[-2:] == ["withdrawn", "moved_up"]
    withdrawn, moved = entries(make, small)[-2:]
    assert to_data(withdrawn.event) == {
        "sitting_id": small.id,
        "registration_id": first.id,
        "freed": True,
    }
    assert to_data(moved.event) == {"sitting_id": small.id, "registration_id": third.id}
    with make.session() as session:
        told = moved_up(session, make.cycle.id, carla.person_id or 0)
        assert [one.id for one in told] == [third.id]
        assert moved_up(session, make.cycle.id, anna.person_id or 0) == []
    assert register(make, small, anna).state is WAITING


def test_who_withdraws_from_the_waiting_list_frees_nothing(make: Factory, small: Sitting) -> None:
    dario = make.citizen()
    register(make, small), register(make, small), register(make, small)
    last = register(make, small, dario)
    withdraw(make, dario, last)
    assert kinds(make, small)[-1] == "withdrawn"
    assert to_data(entries(make, small)[-1].event)["freed"] is False


def test_more_places_move_people_up_and_fewer_take_none_away(
    make: Factory, small: Sitting, chair: Actor
) -> None:
    anna = make.citizen()
    made = [register(make, small, anna), *[register(make, small) for _ in range(4)]]
    correct(make, chair, small, 4)
    assert states(make, *made) == [PLACED] * 4 + [WAITING]
    correct(make, chair, small, 2)
    assert states(make, *made) == [PLACED] * 4 + [WAITING]
    with make.session() as session:
        hall = hall_of(session, get_sitting(session, small.id))
        assert [version.places for version in versions_of(session, small.id)] == [2, 4]
    assert (hall.beyond, hall.free) == (2, 0)
    withdraw(make, anna, made[0])
    assert states(make, made[4]) == [WAITING]
    correct(make, chair, small, None)
    assert states(make, made[4]) == [PLACED]


def test_nobody_overtakes_the_waiting_list(make: Factory, small: Sitting, chair: Actor) -> None:
    made = [register(make, small) for _ in range(3)]
    with make.database.transaction(SYSTEM) as tx:  # a place comes free, and nobody was told yet
        tx.session.get_one(Sitting, small.id).places = 3
    assert register(make, small).state is WAITING
    correct(make, chair, small, 3)
    assert states(make, made[2]) == [PLACED]


def test_who_may_not_attend_has_no_place(make: Factory) -> None:
    table = make.table(rule=TableRule(attend=Who.ORGANISATIONS))
    sitting = make.sitting(table, starts_at=SOON, places=2)
    with pytest.raises(NotAllowed, match="Only these attend"):
        register(make, sitting)
    delegate, organisation = seated(make, sitting)
    assert register(make, sitting, delegate, organisation_id=organisation.id)


def test_a_delegate_registers_the_organisation_once(make: Factory, small: Sitting) -> None:
    anna, auser = seated(make, small)
    bruno = make.person()
    make.mandate(bruno, auser)
    theirs = register(make, small, anna, organisation_id=auser.id)
    assert register(make, small, make.actor(bruno), organisation_id=auser.id).id == theirs.id
    with pytest.raises(Conflict, match="withdraw that first"):
        register(make, small, anna)
    assert register(make, small, make.actor(bruno)).organisation_id is None
    withdraw(make, make.actor(bruno), theirs)
    assert states(make, theirs) == [RegistrationState.WITHDRAWN]


def test_only_its_delegates_register_an_organisation_with_a_seat(
    make: Factory, small: Sitting
) -> None:
    anna, auser = seated(make, small)
    elsewhere, other = make.person(), make.organisation()
    mandate = make.mandate(elsewhere, other)
    for who, organisation in ((make.citizen(), auser), (make.actor(elsewhere), other)):
        with pytest.raises(NotAllowed, match="seat at the table"):
            register(make, small, who, organisation_id=organisation.id)
    run(make, SYSTEM, take_seat, table_id=small.table_id, organisation_id=other.id)
    run(make, SYSTEM, end_mandate, mandate_id=mandate.id, ends_on=clock.today())
    with pytest.raises(NotAllowed, match="delegate"):
        register(make, small, make.actor(elsewhere), organisation_id=other.id)
    assert register(make, small, anna, organisation_id=auser.id).state is PLACED


def test_who_withdraws_what_is_not_theirs_is_refused(
    make: Factory, small: Sitting, chair: Actor
) -> None:
    anna, auser = seated(make, small)
    mine, theirs = register(make, small), register(make, small, anna, organisation_id=auser.id)
    for registration in (mine, theirs):
        with pytest.raises(NotAllowed, match="Only who registered"):
            withdraw(make, make.citizen(), registration)
    with pytest.raises(NotFound):
        run(make, chair, withdraw_from_hall, sitting_id=make.sitting().id, registration_id=mine.id)
    withdraw(make, chair, mine)
    assert states(make, mine, theirs) == [RegistrationState.WITHDRAWN, PLACED]


def test_registration_closes_at_the_opening(make: Factory) -> None:
    sitting = make.sitting(places=1)
    anna = make.citizen()
    mine, waiting = register(make, sitting, anna), register(make, sitting)
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    run(make, chair, open_sitting, sitting_id=sitting.id)
    with pytest.raises(Conflict, match="registration is closed"):
        register(make, sitting)
    with pytest.raises(Conflict, match="registration is closed"):
        withdraw(make, anna, mine)
    run(make, chair, close_sitting, sitting_id=sitting.id)
    with pytest.raises(Conflict, match="over"):
        register(make, sitting)
    assert states(make, mine, waiting) == [PLACED, WAITING]


def test_where_and_when_nobody_can_register(make: Factory, small: Sitting, chair: Actor) -> None:
    with pytest.raises(Conflict, match="without registering"):
        register(make, make.sitting(starts_at=SOON))
    past = make.sitting(places=2, starts_at=clock.now() - timedelta(days=2))
    with pytest.raises(Conflict, match="has passed"):
        register(make, past)
    rehearsal = run(make, chair, start_rehearsal, sitting_id=small.id)
    with pytest.raises(Conflict, match="rehearsal"):
        register(make, rehearsal)
    run(make, chair, cancel_sitting, sitting_id=small.id, reason="Snow.")
    with pytest.raises(Conflict, match="cancelled"):
        register(make, small)


def test_who_has_a_place_keeps_it_when_the_sitting_is_postponed(
    make: Factory, small: Sitting, chair: Actor
) -> None:
    mine = register(make, small)
    run(
        make, chair, postpone_sitting, sitting_id=small.id, revision=0, place="Town hall",
        starts_at=SOON + timedelta(days=9), reason="Snow.",
    )  # fmt: skip
    with make.session() as session:
        assert get_sitting(session, small.id).places == 2
    assert states(make, mine) == [PLACED]


def test_the_desk_lets_in_who_has_registered_and_nobody_knew(make: Factory) -> None:
    sitting = make.sitting(places=2)
    anna = make.citizen()
    desk = make.holder(Role.COORDINATOR, sitting.table_id)
    with pytest.raises(NotFound):
        run(make, desk, check_in, sitting_id=sitting.id, person_id=anna.person_id)
    register(make, sitting, anna)
    assert run(make, desk, check_in, sitting_id=sitting.id, person_id=anna.person_id).in_hall


@pytest.mark.parametrize("kind", ["sitting.convened", "sitting.corrected"])
def test_entries_of_before_have_no_places(kind: str) -> None:
    said = {"starts_at": "2018-03-05T16:00:00+00:00", "title": "One", "place": "Library"}
    more = {"table_id": 1} if kind == "sitting.convened" else {"revision": 1, "reason": "A slip."}
    event = from_data(kind, {"sitting_id": 1, **said, **more})
    assert event.places is None  # type: ignore[attr-defined]


# Pages


@pytest.fixture
def read(client: FlaskClient) -> Callable[[str], str]:
    return lambda path: client.get(path, headers=ENGLISH, follow_redirects=True).text


def test_a_reader_registers_waits_and_moves_up_on_the_page(
    client: FlaskClient, make: Factory, small: Sitting, read: Callable[[str], str]
) -> None:
    page, anna, bruno = f"/sedute/{small.id}", make.citizen(), make.citizen()
    assert "Sign in to register for the hall" in read(page)
    make.sign_in(client, anna)
    assert "Register for the hall" in read(page)
    said = client.post(f"{page}/posti", headers=ENGLISH, follow_redirects=True).text
    assert "You have a place in the hall." in said
    register(make, small)
    make.sign_in(client, bruno)
    assert "Put me on the waiting list" in read(page)
    said = client.post(f"{page}/posti", headers=ENGLISH, follow_redirects=True).text
    assert "You are number 1 on the waiting list." in said
    with make.session() as session:
        mine = places_of_reader(session, small, anna.person_id, []).own[0].registration
    refused = client.post(f"{page}/posti/{mine.id}/ritira", headers=ENGLISH, follow_redirects=True)
    assert "Only who registered" in refused.text
    withdraw(make, anna, mine)
    assert "it has been yours since" in read(page)
    assert "There is a place for you in the hall now" in read(make.here)


def test_a_delegate_registers_the_organisation_on_the_page(
    client: FlaskClient, make: Factory, small: Sitting, read: Callable[[str], str]
) -> None:
    anna, auser = seated(make, small)
    make.sign_in(client, anna)
    assert f"Register for {auser.name}" in read(f"/sedute/{small.id}")
    client.post(f"/sedute/{small.id}/posti", data={"organisation_id": auser.id})
    said = read(f"/sedute/{small.id}")
    assert f"{auser.name} has a place in the hall." in said
    wrong = client.post(
        f"/sedute/{small.id}/posti", data={"organisation_id": "x"}, headers=ENGLISH,
        follow_redirects=True,
    )  # fmt: skip
    assert "Write a whole number." in wrong.text


def test_who_runs_the_sitting_sees_the_list_and_nobody_else(
    client: FlaskClient, make: Factory, small: Sitting, chair: Actor, read: Callable[[str], str]
) -> None:
    anna = make.citizen()
    mine = register(make, small, anna)
    make.sign_in(client, anna)
    assert client.get(f"/sedute/{small.id}/posti").status_code == 403
    make.sign_in(client, chair)
    with make.session() as session:
        name = session.get_one(Registration, mine.id).person.display_name
    assert name in read(f"/sedute/{small.id}/posti")
    assert name in read(f"/sedute/{small.id}/banco")
    sent = client.post(f"/sedute/{small.id}/posti/{mine.id}/ritira", data={"from": "list"})
    assert sent.location.endswith(f"/sedute/{small.id}/posti")
    assert states(make, mine) == [RegistrationState.WITHDRAWN]


def test_the_list_says_that_fewer_places_take_none_away(
    client: FlaskClient, make: Factory, small: Sitting, chair: Actor, read: Callable[[str], str]
) -> None:
    register(make, small), register(make, small)
    correct(make, chair, small, 1)
    make.sign_in(client, chair)
    assert "nobody loses theirs" in read(f"/sedute/{small.id}/posti")


def test_forms_convene_and_correct_with_places(
    client: FlaskClient, make: Factory, small: Sitting, chair: Actor, read: Callable[[str], str]
) -> None:
    make.sign_in(client, chair)
    starts = clock.in_rome(SOON).strftime("%Y-%m-%dT%H:%M")
    form = {
        "title": "One", "place": "Library", "starts_at": starts, "revision": "0",
        "reason": "A larger hall.",
    }  # fmt: skip
    wrong = client.post(
        f"/sedute/{small.id}/correggi", data={**form, "places": "0"}, headers=ENGLISH
    )
    assert (wrong.status_code, "Write a number from 1 to 10000." in wrong.text) == (422, True)
    client.post(f"/sedute/{small.id}/correggi", data={**form, "places": "40"})
    with make.session() as session:
        assert get_sitting(session, small.id).places == 40
    assert "iscrive" in read(f"/sedute/{small.id}/avviso")


def test_nothing_is_promised_to_who_waits_once_the_sitting_is_over(
    make: Factory, read: Callable[[str], str]
) -> None:
    sitting = make.sitting(places=1)
    chair = make.presided(sitting)
    assert 'id="posti"' in read(f"/sedute/{sitting.id}")
    run(make, chair, close_sitting, sitting_id=sitting.id)
    assert 'id="posti"' not in read(f"/sedute/{sitting.id}")


def test_the_list_of_a_sitting_that_is_over_speaks_of_the_past(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    make.sign_in(client, chair)

    def listed() -> list[bool]:
        page = client.get(f"/sedute/{sitting.id}/posti", headers=ENGLISH).text
        return [words in page for words in ("need not register", "nobody had to register")]

    assert listed() == [True, False]
    run(make, chair, close_sitting, sitting_id=sitting.id)
    assert listed() == [False, True]


def test_a_program_registers_and_withdraws(
    client: FlaskClient, make: Factory, small: Sitting, chair: Actor
) -> None:
    path = f"/sittings/{small.id}/places"
    anna = Program(client, make, make.citizen())
    mine = anna.send(f"{path}/registrations").json or {}
    register(make, small), register(make, small)
    stands = anna.send(path, method="GET").json or {}
    assert {name: stands[name] for name in ("places", "taken", "free", "waiting")} == {
        "places": 2, "taken": 2, "free": 0, "waiting": 1,
    }  # fmt: skip
    assert [(own["id"], own["state"], own["turn"]) for own in stands["own"]] == [
        (mine["id"], "placed", None)
    ]
    assert anna.send(f"{path}/list", method="GET").status_code == 403
    listed = Program(client, make, chair).send(f"{path}/list", method="GET").json or []
    assert [one["state"] for one in listed] == ["placed", "placed", "waiting"]
    assert anna.send(f"{path}/registrations/{mine['id']}/withdraw").status_code == 204
    assert kinds(make, small)[-2:] == ["withdrawn", "moved_up"]
