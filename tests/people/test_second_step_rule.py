"""Roles that ask for a second step: held back without one, in one place, for every permission."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.permissions import Permission, may, permitted, require
from consultazione.people.commands.accounts import start_sign_in
from consultazione.people.models import Category, Person, SignedInBy
from consultazione.people.queries import actor_of, actors_signed_in
from consultazione.people.second_step.commands.rules import require_second_step
from consultazione.people.second_step.rules import ROLES
from tests.support.factories import Factory
from tests.support.matrix import CELLS, TABLE, ZONE, somebody
from tests.support.second_steps import first_step, turn_on


def ask(make: Factory, *roles: Role, from_day: date | None = None) -> None:
    """Let an administrator of the zone ask it of some roles."""
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        require_second_step(
            tx, zone_id=make.zone.id, roles=roles, from_day=from_day or clock.today()
        )


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.value)
def test_a_role_that_is_held_back_may_what_a_participant_may(role: Role) -> None:
    """The whole matrix once more; and with two steps it is the old one."""
    held_back = somebody(role).holding_back({ZONE: {role}})
    plain, whole = somebody(Role.PARTICIPANT), somebody(role)
    for permission in Permission:
        at = {"zone_id": ZONE, "table_id": TABLE}
        assert may(held_back, permission, **at) is may(plain, permission, **at), permission
        assert may(held_back.with_two_steps(), permission, **at) is may(whole, permission, **at)
    assert permitted(held_back, Permission, zone_id=ZONE) == permitted(
        plain, Permission, zone_id=ZONE
    )
    assert any(cell == "x" for permission, other, cell in CELLS if other is role)


def test_the_refusal_says_what_to_do() -> None:
    office = somebody(Role.PLAN_OFFICE).holding_back({ZONE: {Role.PLAN_OFFICE}})
    with pytest.raises(NotAllowed, match="set the second step up"):
        require(office, Permission.TAKE_IN, zone_id=ZONE)
    with pytest.raises(NotAllowed, match="Only these"):
        require(office, Permission.TAKE_IN, zone_id=ZONE + 1)


def test_a_role_of_another_zone_is_not_held_back() -> None:
    office = somebody(Role.PLAN_OFFICE).holding_back({ZONE + 1: {Role.PLAN_OFFICE}})
    assert may(office, Permission.TAKE_IN, zone_id=ZONE)


def test_a_zone_asks_it_of_roles_from_a_day_on(make: Factory) -> None:
    office, chair = make.holder(Role.PLAN_OFFICE), make.holder(Role.FACILITATOR)
    ask(make, Role.PLAN_OFFICE, from_day=clock.today() + timedelta(days=7))
    assert not now(make, office).held_back
    ask(make, Role.PLAN_OFFICE)
    assert {grant.role for grant in now(make, office).held_back} == {Role.PLAN_OFFICE}
    assert Role.PLAN_OFFICE not in now(make, office).roles(make.zone.id)
    assert now(make, chair) == chair
    ask(make)
    assert now(make, office) == office


def test_a_delegate_of_a_union_signs_nothing_without_it(make: Factory) -> None:
    delegate = make.delegate(Category.UNION)
    ask(make, Role.UNION_DELEGATE)
    with pytest.raises(NotAllowed, match="second step"):
        require(now(make, delegate), Permission.SIGN_OUTCOME, zone_id=make.zone.id)


def test_what_is_asked_must_be_sensible(make: Factory) -> None:
    with pytest.raises(Invalid, match="Choose today"):
        ask(make, Role.FACILITATOR, from_day=clock.today() - timedelta(days=1))
    with pytest.raises(Invalid, match="Choose among"):
        ask(make, Role.INSTALLER)
    ask(make, Role.FACILITATOR)
    with pytest.raises(Conflict):
        ask(make, Role.FACILITATOR)
    citizen = make.citizen()
    with pytest.raises(NotAllowed), make.database.transaction(citizen) as tx:
        require_second_step(tx, zone_id=make.zone.id, roles=[], from_day=clock.today())


@pytest.mark.parametrize(
    ("by", "level", "counts"),
    [
        (SignedInBy.PASSWORD, None, False),
        (SignedInBy.PASSKEY, None, True),
        (SignedInBy.PASSWORD_AND_CODE, None, True),
        (SignedInBy.GATEWAY, 1, False),
        (SignedInBy.GATEWAY, 2, True),
    ],
)
def test_a_sign_in_by_two_factors_counts_without_an_app(
    make: Factory, by: SignedInBy, level: int | None, counts: bool
) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    ask(make, Role.PLAN_OFFICE)
    with make.database.transaction(office) as tx:
        key = start_sign_in(
            tx, person_id=office.person_id or 0, device="test", by=by, gateway_level=level
        )
    with make.session() as session:
        (actor,) = actors_signed_in(session, [key])
    assert may(actor, Permission.TAKE_IN, zone_id=make.zone.id) is counts


def test_who_lacks_it_is_led_to_set_it_up_and_then_counts(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    admin = make.holder(Role.ADMINISTRATOR)
    ask(make, Role.ADMINISTRATOR)
    with make.session() as session:
        email = session.get_one(Person, admin.person_id).email
    assert first_step(client, email) == "/profilo/secondo-passaggio"
    page = f"{make.at}/amministrazione/persone"
    assert client.get(page).status_code == 403
    assert "attiva qui il secondo passaggio" in client.get("/profilo/secondo-passaggio").text
    turn_on(client)
    assert client.get(page).status_code == 200
    assert first_step(app.test_client(), email) == "/accedi/secondo-passaggio"


def test_later_leads_nowhere_else(client: FlaskClient, make: Factory) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    ask(make, Role.PLAN_OFFICE, from_day=clock.today() + timedelta(days=7))
    make.sign_in(client, office)
    for elsewhere in ("javascript:alert(1)", "https://evil.example", "//evil.example"):
        page = client.get("/profilo/secondo-passaggio", query_string={"next": elsewhere}).text
        assert "Più tardi" in page
        assert f'href="{elsewhere}' not in page


def test_an_administrator_chooses_the_roles_on_a_page(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    page = f"{make.at}/amministrazione/secondo-passaggio"
    form = {"roles": ["facilitator", "plan_office"], "from_day": clock.today().isoformat()}
    assert client.post(page, data=form | {"from_day": "2018-01-01"}).status_code == 422
    assert client.post(page, data=form).status_code == 302
    assert "facilitatore del tavolo" in client.get(page).text


def now(make: Factory, actor: Actor) -> Actor:
    """The actor that somebody is at this moment."""
    with make.session() as session:
        return actor_of(session, actor.person_id or 0)
