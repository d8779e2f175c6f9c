"""How long sign-ins last: by role, without activity and in all."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.db import Database
from consultazione.live.actor_cache import ActorCache
from consultazione.people.commands.accounts import start_sign_in
from consultazione.people.commands.roles import give_role
from consultazione.people.ended_sign_ins import end_outlived, take_ended
from consultazione.people.lifetimes import LIFETIMES, LONGEST, NOTED_EVERY, lifetime_of
from consultazione.people.models import Category, Person, SignIn
from consultazione.people.queries import actors_signed_in, sign_ins_of, signed_in
from consultazione.people.secret_tokens import digest_of
from tests.support.factories import Factory

HOLDERS = [
    Role.PARTICIPANT,
    Role.FACILITATOR,
    Role.COORDINATOR,
    Role.UNION_DELEGATE,
    Role.PLAN_OFFICE,
    Role.ADMINISTRATOR,
]
MOMENT = timedelta(seconds=1)


def browser(make: Factory, actor: Actor) -> str:
    """The key of a browser in which the actor is signed in."""
    assert actor.person_id is not None
    with make.database.transaction(SYSTEM) as tx:
        return start_sign_in(tx, person_id=actor.person_id, device="test")


def somebody(make: Factory, role: Role) -> Actor:
    if role is Role.PARTICIPANT:
        return make.citizen()
    if role is Role.UNION_DELEGATE:
        return make.delegate(Category.UNION)
    return make.holder(role)


def is_in(make: Factory, key: str) -> bool:
    """Whether a page, the room and the profile find the sign-in; all three agree."""
    with make.session() as session:
        page = signed_in(session, key) is not None
        (actor,) = actors_signed_in(session, [key])
        row = session.get(SignIn, digest_of(key))
        listed = row is not None and row in sign_ins_of(session, row.person_id)
    assert page == actor.is_signed_in == listed
    return page


def seen_at(make: Factory, key: str) -> object:
    with make.session() as session:
        return session.scalar(select(SignIn.seen_at).filter_by(token_digest=digest_of(key)))


def test_every_role_that_a_person_can_have_has_its_limits() -> None:
    assert set(LIFETIMES) == set(Role) - {Role.VISITOR, Role.SYSTEM}
    assert all(one.idle < one.absolute <= LONGEST.absolute for one in LIFETIMES.values())
    with_rights = [LIFETIMES[role] for role in HOLDERS[1:]]
    assert max(one.idle for one in with_rights) == timedelta(hours=12)
    assert max(one.absolute for one in with_rights) == timedelta(days=7)


@pytest.mark.parametrize("role", HOLDERS)
def test_a_sign_in_ends_unused(make: Factory, role: Role) -> None:
    key, begun = browser(make, somebody(make, role)), clock.now()
    with time_machine.travel(begun + LIFETIMES[role].idle - MOMENT):
        assert is_in(make, key)
    with time_machine.travel(begun + LIFETIMES[role].idle + NOTED_EVERY + MOMENT):
        assert not is_in(make, key)


@pytest.mark.parametrize("role", HOLDERS)
def test_a_sign_in_ends_however_much_it_is_used(
    client: FlaskClient, make: Factory, role: Role
) -> None:
    make.sign_in(client, somebody(make, role))
    limits = LIFETIMES[role]
    with time_machine.travel(clock.now(), tick=False) as traveller:
        begun = clock.now()
        while clock.now() < begun + limits.absolute:
            assert client.get("/profilo").status_code == 200
            traveller.shift(limits.idle / 2)
        traveller.move_to(begun + limits.absolute - MOMENT)
        assert client.get("/profilo").status_code == 200
        traveller.move_to(begun + limits.absolute + MOMENT)
        assert client.get("/profilo").status_code == 302


def test_a_role_that_is_gained_shortens_the_time(make: Factory) -> None:
    anna = make.person()
    key = browser(make, make.actor(anna))
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert is_in(make, key)
        with make.database.transaction(SYSTEM) as tx:
            role = Role.FACILITATOR
            give_role(tx, zone_id=make.zone.id, email=anna.email or "", role=role, table_id=None)
        assert not is_in(make, key)


def test_the_shortest_limits_of_several_roles_count(make: Factory) -> None:
    facilitator = make.holder(Role.FACILITATOR)
    with make.session() as session:
        email = session.get_one(Person, facilitator.person_id).email or ""
    with make.database.transaction(SYSTEM) as tx:
        role = Role.PLAN_OFFICE
        give_role(tx, zone_id=make.zone.id, email=email, role=role, table_id=None)
    with make.session() as session:
        person = session.scalars(select(Person).filter_by(email=email)).one()
    assert lifetime_of(make.actor(person)) == LIFETIMES[Role.PLAN_OFFICE]


def test_use_is_written_down_every_few_minutes_at_most(
    client: FlaskClient, database: Database, make: Factory
) -> None:
    key = browser(make, make.citizen())
    with client.session_transaction() as cookie:
        cookie["key"] = key
    first, written = seen_at(make, key), []
    with database.snapshot() as session:
        connection = session.connection()

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        written.extend([statement] if statement.startswith("UPDATE sign_in") else [])

    event.listen(connection, "before_cursor_execute", note)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(5):
            client.get("/profilo")
        assert (written, seen_at(make, key)) == ([], first)
        traveller.shift(NOTED_EVERY + MOMENT)
        for _ in range(5):
            client.get("/profilo")
        assert len(written) == 1
        assert seen_at(make, key) == clock.now()


def test_who_acts_in_a_room_all_day_stays_signed_in(database: Database, make: Factory) -> None:
    chair = make.holder(Role.FACILITATOR)
    key, cache = browser(make, chair), ActorCache(database)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(10):
            assert cache.actor(key, recent=False) == chair
            traveller.shift(LIFETIMES[Role.FACILITATOR].idle / 4)
        assert is_in(make, key)
        traveller.shift(LIFETIMES[Role.FACILITATOR].idle + NOTED_EVERY + MOMENT)
        assert not cache.actor(key, recent=False).is_signed_in


def test_what_is_over_is_ended_and_its_connections_with_it(make: Factory) -> None:
    office, anna = make.holder(Role.PLAN_OFFICE), make.citizen()
    unused, used, hers = browser(make, office), browser(make, office), browser(make, anna)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        with make.database.transaction(SYSTEM) as tx:
            tx.session.get_one(SignIn, digest_of(used)).seen_at = tx.now
        with make.database.transaction(SYSTEM) as tx:
            assert end_outlived(tx.session, tx.now) == 1
        with make.database.transaction(SYSTEM) as tx:
            assert take_ended(tx.session) == [digest_of(unused)]
    with time_machine.travel(clock.now() + timedelta(days=15)):
        with make.database.transaction(SYSTEM) as tx:
            assert end_outlived(tx.session, tx.now) == 2
        with make.session() as session:
            assert session.get(SignIn, digest_of(hers)) is None


def test_the_profile_says_how_long_one_stays_signed_in(app: Flask, make: Factory) -> None:
    citizen = make.sign_in(app.test_client(), make.citizen()).get("/profilo").text
    office = make.sign_in(app.test_client(), make.holder(Role.PLAN_OFFICE)).get("/profilo").text
    assert "30 giorni" in citizen
    assert "14 giorni" in citizen
    assert "7 giorni" in office
    assert "8 ore" in office
