"""Organisations, mandates and roles: who grants them, from when, until when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Grant, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.permissions import Permission, may
from consultazione.people.commands.mandates import end_mandate, give_mandate
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.commands.roles import give_role, take_role_back
from consultazione.people.events import MandateEnded, RoleGiven, RoleTakenBack
from consultazione.people.models import Category, Mandate, Person
from consultazione.people.queries import role_grants, valid_mandates, voice_of
from tests.support.factories import Factory

FIRST, LAST = date(2018, 2, 5), date(2018, 7, 30)


def noon(day: date) -> datetime:
    """The middle of a day in Italy."""
    return clock.at_rome(day, time(12))


@pytest.fixture
def office(make: Factory) -> Actor:
    """A person of the plan office."""
    return make.holder(Role.PLAN_OFFICE)


def give(
    make: Factory, actor: Actor, person: Person, ends_on: date | None = LAST, **values: object
) -> Mandate:
    given = {"organisation_id": make.organisation().id, "act": "deed 7/2018", **values}
    with make.database.transaction(actor) as tx:
        return give_mandate(
            tx,
            email=person.email or "",
            starts_on=FIRST,
            ends_on=ends_on,
            **given,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize(
    ("day", "speaks"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_a_mandate_counts_from_its_first_day_to_its_last(
    make: Factory, office: Actor, day: date, speaks: bool
) -> None:
    person = make.person()
    mandate = give(make, office, person)
    assert mandate.is_valid(noon(day)) is speaks
    with make.session() as session:
        assert (
            session.scalar(select(Mandate).where(Mandate.is_valid(noon(day)))) is not None
        ) is speaks
        assert bool(valid_mandates(session, person.id, at=noon(day))) is speaks
        voice = voice_of(session, person.id, zone_id=make.zone.id, at=noon(day))
    assert voice.mandate_id == (mandate.id if speaks else None)
    assert (voice.category is Category.CITIZEN) is not speaks


def test_a_mandate_without_a_last_day_goes_on(make: Factory, office: Actor) -> None:
    mandate, day = give(make, office, make.person(), ends_on=None), noon(date(2099, 1, 1))
    assert mandate.is_valid(day)
    with make.session() as session:
        assert session.scalars(select(Mandate.id).where(Mandate.is_valid(day))).all() == [
            mandate.id
        ]


def test_a_mandate_says_nothing_in_another_zone(make: Factory) -> None:
    delegate = make.delegate()
    with make.session() as session:
        voice = voice_of(session, delegate.person_id or 0, zone_id=0, at=clock.now())
    assert voice.mandate_id is None


def test_ending_a_mandate_sets_its_last_day_once(make: Factory, office: Actor) -> None:
    mandate = give(make, office, make.person())
    day = LAST - timedelta(days=10)
    with make.database.transaction(office) as tx:
        end_mandate(tx, mandate_id=mandate.id, ends_on=day)
    assert [e.event for e in tx.entries] == [
        MandateEnded(mandate_id=mandate.id, ends_on=day, at_once=True)
    ]
    with pytest.raises(Conflict), make.database.transaction(office) as tx:
        end_mandate(tx, mandate_id=mandate.id, ends_on=day)


def test_a_last_day_before_the_first_is_refused(make: Factory, office: Actor) -> None:
    before = FIRST - timedelta(days=1)
    with pytest.raises(Invalid) as refusal:
        give(make, office, make.person(), ends_on=before)
    assert list(refusal.value.fields) == ["ends_on"]
    mandate = give(make, office, make.person())
    with pytest.raises(Invalid), make.database.transaction(office) as tx:
        end_mandate(tx, mandate_id=mandate.id, ends_on=before)


def test_a_mandate_names_an_account_and_an_organisation(make: Factory, office: Actor) -> None:
    with pytest.raises(Invalid) as refusal:
        give(make, office, Person(email="nobody@example.org"))
    assert list(refusal.value.fields) == ["email"]
    with pytest.raises(NotFound):
        give(make, office, make.person(), organisation_id=0)


def test_the_delegate_of_a_union_has_the_role_while_the_mandate_lasts(make: Factory) -> None:
    person, union = make.person(), make.organisation(Category.UNION)
    make.mandate(person, union, ends_on=clock.today() - timedelta(days=1))
    assert not may(make.actor(person), Permission.SIGN_OUTCOME, zone_id=make.zone.id)
    make.mandate(person, union, ends_on=clock.today())
    assert may(make.actor(person), Permission.SIGN_OUTCOME, zone_id=make.zone.id)


def test_a_participant_gives_no_mandate(make: Factory) -> None:
    with pytest.raises(NotAllowed):
        give(make, make.citizen(), make.person())


def test_an_organisation_is_entered_once_and_citizens_are_none(
    make: Factory, office: Actor
) -> None:
    def enter(name: str, category: Category) -> None:
        with make.database.transaction(office) as tx:
            register_organisation(tx, zone_id=make.zone.id, name=name, category=category)

    enter("Auser", Category.VOLUNTEERING)
    with pytest.raises(Invalid) as twice:
        enter("Auser", Category.APS)
    with pytest.raises(Invalid) as alone:
        enter("Anna Rossi", Category.CITIZEN)
    assert (list(twice.value.fields), list(alone.value.fields)) == (["name"], ["category"])


def test_a_role_is_given_once_and_taken_back(make: Factory) -> None:
    admin, person, table = make.holder(Role.ADMINISTRATOR), make.person(), make.table()
    place = {"zone_id": make.zone.id, "table_id": table.id}

    def give_it() -> list[object]:
        with make.database.transaction(admin) as tx:
            give_role(tx, email=person.email or "", role=Role.FACILITATOR, **place)
        return [entry.event for entry in tx.entries]

    assert give_it() == [RoleGiven(person_id=person.id, role=Role.FACILITATOR, **place)]
    with pytest.raises(Conflict):
        give_it()
    assert Grant(Role.FACILITATOR, **place) in make.actor(person).grants
    with make.session() as session:
        grant_id = role_grants(session, make.zone.id)[-1][0].id
    with make.database.transaction(admin) as tx:
        take_role_back(tx, grant_id=grant_id)
    assert [e.event for e in tx.entries] == [
        RoleTakenBack(person_id=person.id, role=Role.FACILITATOR, **place)
    ]
    assert make.actor(person).grants == frozenset()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role": Role.UNION_DELEGATE}, "role"),
        ({"role": Role.FACILITATOR, "table_id": 0}, "table_id"),
        ({"role": Role.FACILITATOR, "email": "nobody@example.org"}, "email"),
    ],
)
def test_a_role_that_cannot_be_given_names_the_field(
    make: Factory, values: dict[str, object], field: str
) -> None:
    given = {"zone_id": make.zone.id, "email": make.person().email, **values}
    with pytest.raises(Invalid) as refusal, make.database.transaction(SYSTEM) as tx:
        give_role(tx, **given)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]


def test_an_administrator_keeps_their_own_role(make: Factory) -> None:
    """Otherwise the last administrator could lock everybody out."""
    admin = make.holder(Role.ADMINISTRATOR)
    with make.session() as session:
        ((grant, _name),) = role_grants(session, make.zone.id)
    with pytest.raises(Conflict), make.database.transaction(admin) as tx:
        take_role_back(tx, grant_id=grant.id)
