"""Accounts: opening one, signing in and out, passwords."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine, select

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, VISITOR, Actor
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed
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
from consultazione.people.credentials import passwords
from consultazione.people.credentials.identity_proof import (
    CHANGING_PASSWORD,
    SIGNING_IN,
    VALID_FOR,
    Credentials,
    IdentityProof,
)
from consultazione.people.credentials.new_password import NewPassword, choose_password
from consultazione.people.events import PersonRegistered, person_stream
from consultazione.people.models import Person, SignIn
from consultazione.people.queries import person_of_token, signed_in
from tests.support.factories import PASSWORD, Factory
from tests.support.final_commits import final_commits
from tests.support.proofs import proof_again, proof_for_sign_in

CHOSEN = NewPassword("$argon2id$not verified here")


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
        person = register(tx, email="Anna@Example.org", display_name="Anna", password=CHOSEN)
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
        register(tx, email="second@example.org", display_name="Second", password=CHOSEN)


def test_signing_in_ignores_the_capitals_of_the_address(make: Factory) -> None:
    make.person(email="anna@example.org")
    proof = proof_for_sign_in(make.database, "Anna@Example.ORG")
    with make.database.transaction(VISITOR) as tx:
        key = sign_in(tx, proof=proof, device="test")
    assert is_in(make, key)


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_an_unknown_address_and_a_wrong_password_are_told_alike(make: Factory, email: str) -> None:
    make.person(email="anna@example.org")
    with pytest.raises(Invalid) as refusal:
        proof_for_sign_in(make.database, email, "not the password")
    assert str(refusal.value.detail) == "The address or the password is not right."
    assert refusal.value.fields == {}


def test_an_unknown_address_costs_as_much_as_a_wrong_password() -> None:
    """The stand-in is a real hash under the present parameters, so verifying it takes as long."""
    stand_in = passwords._stand_in(passwords._HASHER)
    assert not passwords.is_outdated(stand_in)
    with pytest.raises(VerifyMismatchError):
        passwords._HASHER.verify(stand_in, "anything")
    assert passwords.is_right(None, "anything") is False


def test_a_hash_of_other_parameters_is_renewed_at_sign_in(make: Factory) -> None:
    anna = make.person()
    old = PasswordHasher(2, 16, 1).hash(PASSWORD)
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Person, anna.id).password_hash = old
    proof = proof_for_sign_in(make.database, anna.email or "")
    with make.database.transaction(VISITOR) as tx:
        sign_in(tx, proof=proof, device="test")
    with make.session() as session:
        kept = session.get_one(Person, anna.id).password_hash
    assert kept not in (None, old)
    assert not passwords.is_outdated(kept or "")
    assert proof_for_sign_in(make.database, anna.email or "").new_hash is None


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


def test_changing_the_password_signs_other_browsers_and_programs_out(make: Factory) -> None:
    anna, bruno = make.citizen(), make.citizen()
    this, other = browser(make, anna), browser(make, anna)
    hers, his = program(make, anna), program(make, bruno)
    proof = proof_again(make.database, anna.person_id, CHANGING_PASSWORD)
    chosen = choose_password("un'altra frase", display_name="Anna", email="")
    with make.database.transaction(anna) as tx:
        change_password(tx, proof=proof, new_password=chosen, key=this)
    assert [entry.kind for entry in tx.entries] == ["token.deleted", "person.password_changed"]
    with make.session() as session:
        assert person_of_token(session, hers) is None
        assert person_of_token(session, his) == bruno.person_id
    assert (is_in(make, this), is_in(make, other)) == (True, False)
    assert proof_again(make.database, anna.person_id, CHANGING_PASSWORD, "un'altra frase")


def test_a_proof_serves_its_person_its_purpose_and_once(make: Factory) -> None:
    anna, bruno = make.citizen(), make.citizen()

    def confirm(proof: IdentityProof, actor: Actor = anna, purpose: str = "sign") -> None:
        with make.database.transaction(actor) as tx:
            confirm_identity(tx, proof=proof, purpose=purpose)

    def proof(purpose: str = "sign") -> IdentityProof:
        return proof_again(make.database, anna.person_id, purpose)

    confirm(used := proof())
    late = proof()
    late.at -= VALID_FOR + timedelta(seconds=1)
    wrong: list[tuple[IdentityProof, Actor]] = [(used, anna), (proof(), bruno), (late, anna)]
    for given, actor in [*wrong, (proof("change"), anna)]:
        with pytest.raises(Conflict):
            confirm(given, actor)
    with pytest.raises(NotAllowed):
        confirm(proof(), VISITOR)


def test_a_proof_ends_with_the_password_that_it_matched(make: Factory) -> None:
    anna = make.person()
    proof = proof_for_sign_in(make.database, anna.email or "")
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Person, anna.id).password_hash = passwords.hash_password("another one")
    with pytest.raises(Conflict), make.database.transaction(VISITOR) as tx:
        sign_in(tx, proof=proof, device="test")


def test_a_proof_is_spent_by_one_of_two_at_once(make: Factory) -> None:
    anna = make.person()
    proof = proof_for_sign_in(make.database, anna.email or "")

    def spend(_number: int) -> bool:
        try:
            proof.use(anna, purpose=SIGNING_IN, now=clock.now())
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(spend, range(8))) == 1


def test_a_proof_shows_no_hash() -> None:
    proof = IdentityProof(1, SIGNING_IN, clock.now(), "$argon2id$hash", "$argon2id$new")
    assert "argon2" not in repr([proof, Credentials(1, "$argon2id$hash"), CHOSEN])


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
                register(tx, email="race@example.org", display_name="Race", password=CHOSEN)
        except Invalid as refusal:
            return list(refusal.fields)
        return "opened"

    with final_commits(engine) as database, ThreadPoolExecutor(2) as pool:
        told = list(pool.map(attempt, [database] * 2))
    assert sorted(told, key=str) == [["email"], "opened"]
