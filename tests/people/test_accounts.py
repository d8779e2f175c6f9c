"""Accounts: opening one, signing in and out, passwords."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine, select

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, VISITOR, Actor
from consultazione.core.db import Database
from consultazione.core.errors import Invalid, NotAllowed
from consultazione.people import passwords
from consultazione.people.commands.accounts import (
    change_password,
    confirm_identity,
    register,
    sign_in,
    sign_out,
    sign_out_elsewhere,
    start_sign_in,
)
from consultazione.people.commands.tokens import create_token
from consultazione.people.events import PersonRegistered, person_stream
from consultazione.people.models import SignIn
from consultazione.people.queries import person_of_token, signed_in
from tests.support.factories import PASSWORD, Factory
from tests.support.final_commits import final_commits


def browser(make: Factory, actor: Actor) -> str:
    """The key of another browser in which the actor is signed in."""
    assert actor.person_id is not None
    with make.database.transaction(SYSTEM) as tx:
        return start_sign_in(tx, person_id=actor.person_id, device="test")


def program(make: Factory, actor: Actor) -> str:
    """The secret of an API token of the actor."""
    with make.database.transaction(actor) as tx:
        return create_token(tx, person_id=actor.person_id or 0, label="a program")


def is_in(make: Factory, key: str) -> bool:
    with make.session() as session:
        return signed_in(session, key) is not None


def test_registering_keeps_the_name_out_of_the_log(make: Factory) -> None:
    with make.database.transaction(VISITOR) as tx:
        person = register(tx, email="Anna@Example.org", display_name="Anna", password=PASSWORD)
    with make.session() as session:
        (entry,) = log.read_stream(session, person_stream(person.id))
        row = session.get(log.EntryRow, entry.position)
    assert entry.event == PersonRegistered(person_id=person.id)
    assert row is not None
    assert row.data == {"person_id": person.id}
    assert person.password_hash is not None
    assert person.password_hash.startswith("$argon2id$")


def test_an_address_has_one_account_whatever_its_capitals(make: Factory) -> None:
    make.person(email="anna@example.org")
    with pytest.raises(Invalid) as refusal:
        make.person(email="ANNA@example.org")
    assert list(refusal.value.fields) == ["email"]


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaa", "anna.rossi@example.org", "ANNA ROSSI"]
)
def test_a_password_is_long_and_not_ones_own_name(make: Factory, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make.person(email="anna.rossi@example.org", display_name="Anna Rossi", password=password)
    assert list(refusal.value.fields) == ["password"]


def test_somebody_signed_in_cannot_register_again(make: Factory) -> None:
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        register(tx, email="second@example.org", display_name="Second", password=PASSWORD)


def test_signing_in_ignores_the_capitals_of_the_address(make: Factory) -> None:
    make.person(email="anna@example.org")
    with make.database.transaction(VISITOR) as tx:
        key = sign_in(tx, email="Anna@Example.ORG", password=PASSWORD, device="test")
    assert is_in(make, key)


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_an_unknown_address_and_a_wrong_password_are_told_alike(make: Factory, email: str) -> None:
    make.person(email="anna@example.org")
    with pytest.raises(Invalid) as refusal, make.database.transaction(VISITOR) as tx:
        sign_in(tx, email=email, password="not the password", device="test")
    assert str(refusal.value.detail) == "The address or the password is not right."
    assert refusal.value.fields == {}


def test_an_unknown_address_costs_as_much_as_a_wrong_password() -> None:
    """The stand-in hash is a real one, so verifying it takes the full time."""
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(passwords._DUMMY, "anything")
    assert passwords.is_right(None, "anything") is False


def test_signing_out_ends_that_browser_only(make: Factory) -> None:
    anna = make.citizen()
    first, second = browser(make, anna), browser(make, anna)
    with make.database.transaction(anna) as tx:
        sign_out(tx, key=first)
    assert (is_in(make, first), is_in(make, second)) == (False, True)


def test_signing_out_elsewhere_leaves_this_browser_and_other_people(make: Factory) -> None:
    anna, bruno = make.citizen(), make.citizen()
    this, other, his = browser(make, anna), browser(make, anna), browser(make, bruno)
    with make.database.transaction(anna) as tx:
        sign_out_elsewhere(tx, key=this)
    assert [is_in(make, key) for key in (this, other, his)] == [True, False, True]


def test_a_sign_in_runs_out(make: Factory) -> None:
    key = browser(make, make.citizen())
    with time_machine.travel(clock.now() + timedelta(days=13, hours=23)):
        assert is_in(make, key)
    with time_machine.travel(clock.now() + timedelta(days=14, hours=1)):
        assert not is_in(make, key)


def test_changing_the_password_signs_other_browsers_and_programs_out(make: Factory) -> None:
    anna, bruno = make.citizen(), make.citizen()
    this, other = browser(make, anna), browser(make, anna)
    hers, his = program(make, anna), program(make, bruno)
    with make.database.transaction(anna) as tx:
        change_password(tx, password=PASSWORD, new_password="un'altra frase", key=this)
    assert [entry.kind for entry in tx.entries] == ["token.deleted", "person.password_changed"]
    with make.session() as session:
        assert person_of_token(session, hers) is None
        assert person_of_token(session, his) == bruno.person_id
    assert (is_in(make, this), is_in(make, other)) == (True, False)
    with make.database.transaction(anna) as tx:
        assert confirm_identity(tx, password="un'altra frase").id == anna.person_id


@pytest.mark.parametrize(
    ("present", "new", "field"),
    [("not the password", "un'altra frase", "password"), (PASSWORD, "short", "new_password")],
)
def test_a_refused_change_of_password_changes_nothing(
    make: Factory, present: str, new: str, field: str
) -> None:
    anna = make.citizen()
    this, other = browser(make, anna), browser(make, anna)
    with pytest.raises(Invalid) as refusal, make.database.transaction(anna) as tx:
        change_password(tx, password=present, new_password=new, key=this)
    assert list(refusal.value.fields) == [field]
    assert is_in(make, other)
    with make.database.transaction(anna) as tx:
        confirm_identity(tx, password=PASSWORD)


def test_the_database_keeps_digests_of_keys_only(make: Factory) -> None:
    key = browser(make, make.citizen())
    with make.session() as session:
        kept = session.scalars(select(SignIn.token_digest)).one()
    assert kept != key.encode()
    assert len(kept) == 32


def test_two_who_register_one_address_at_once_become_one_account(engine: Engine) -> None:
    together = threading.Barrier(2)

    def attempt(database: Database) -> object:
        together.wait()
        try:
            with database.transaction(VISITOR) as tx:
                register(tx, email="race@example.org", display_name="Race", password=PASSWORD)
        except Invalid as refusal:
            return list(refusal.fields)
        return "opened"

    with final_commits(engine) as database, ThreadPoolExecutor(2) as pool:
        told = list(pool.map(attempt, [database] * 2))
    assert sorted(told, key=str) == [["email"], "opened"]
