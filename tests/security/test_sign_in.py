"""Guessing, crowding and locking out at the sign-in, as they were once done."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from redis import ConnectionError, Redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.db import Database, make_engine
from consultazione.core.db_limits import Limits
from consultazione.core.errors import Invalid
from consultazione.core.threadpool import Lane
from consultazione.people.credentials import passwords
from consultazione.people.models import Person
from consultazione.web.files import stored as web_files
from consultazione.web.security import limiter
from consultazione.web.sign_in import brakes
from consultazione.web.sign_in.brakes import attempt_to_sign_in
from consultazione.web.sign_in.refusals import TooSoon
from tests.support.applications import new_app
from tests.support.factories import PASSWORD, Factory
from tests.support.final_commits import final_commits
from tests.support.keys import text_keys
from tests.support.signoff_board import open_board
from tests.support.waiting import settles

HALL = "192.0.2.1"
DAY = timedelta(days=1)


@contextmanager
def guarded_app(settings: Settings, database: Database, valkey_url: str) -> Iterator[Flask]:
    """An application with its limits and delays, which other tests switch off."""
    app = new_app(replace(settings, testing=False), database)
    with Redis.from_url(valkey_url) as redis:
        redis.flushdb()
        try:
            yield app
        finally:
            redis.flushdb()
        limiter.enabled = False


@pytest.fixture
def guarded(
    settings: Settings, database: Database, make: Factory, valkey_url: str
) -> Iterator[Flask]:
    assert make.zone.id
    with guarded_app(settings, database, valkey_url) as app:
        yield app


@pytest.fixture
def crowded(engine: Engine, settings: Settings, valkey_url: str) -> Iterator[tuple[Flask, Factory]]:
    """The same with real commits, over four connections to the database in all."""
    few = make_engine(engine.url.render_as_string(hide_password=False), Limits(kept=2, most=4))
    with final_commits(engine):
        database = Database(
            write=lambda: Session(few, expire_on_commit=False),
            read=lambda: Session(few, expire_on_commit=False),
            text_keys=text_keys(),
        )
        make = Factory(database)
        assert make.zone.id
        with guarded_app(settings, database, valkey_url) as app:
            app.extensions["connections"] = few.pool
            yield app, make
        few.dispose()


class Watched:
    """The hasher, with every verification told to somebody first."""

    def __init__(self, told: Callable[[str], object]) -> None:
        self._hasher = passwords._HASHER
        self._told = told
        self.hash = self._hasher.hash
        self.check_needs_rehash = self._hasher.check_needs_rehash

    def verify(self, password_hash: str, password: str) -> bool:
        self._told(password)
        return self._hasher.verify(password_hash, password)


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were verified, in order."""
    seen: list[str] = []
    monkeypatch.setattr(passwords, "_HASHER", Watched(seen.append))
    return seen


def attempt(
    browser: FlaskClient, email: str | None, password: str = "a guess", address: str = HALL
) -> TestResponse:
    """Send the sign-in form from an address."""
    form = {"email": email, "password": password}
    return browser.post("/accedi", data=form, environ_base={"REMOTE_ADDR": address})


def test_a_crowd_at_the_sign_in_holds_no_connection(
    crowded: tuple[Flask, Factory], monkeypatch: pytest.MonkeyPatch
) -> None:
    """120 wait for their passwords to be verified, and a visitor reads on."""
    app, make = crowded
    began, release = threading.Event(), threading.Event()
    lane = Lane(2, 200)
    monkeypatch.setattr(passwords, "LANE", lane)

    def slow(_password: str) -> None:
        began.set()
        release.wait(30)

    monkeypatch.setattr(passwords, "_HASHER", Watched(slow))
    email = make.person().email

    def arrive(number: int) -> int:
        address = f"198.51.100.{number}"
        return attempt(app.test_client(), f"{number}-{email}", address=address).status_code

    with ThreadPoolExecutor(120) as crowd:
        answers = [crowd.submit(arrive, number) for number in range(120)]
        try:
            assert settles(lambda: lane._count == 120, within=20)
            assert not any(one.done() for one in answers)
            visitor = app.test_client()
            pages = [visitor.get("/proposte").status_code for _ in range(5)]
        finally:
            release.set()
        assert began.is_set()
        assert pages == [200] * 5
        assert Counter(one.result() for one in answers) == {422: 120}


def test_who_finds_too_many_waiting_is_told_when_to_come_back(
    guarded: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = Lane(1, 0)
    monkeypatch.setattr(passwords, "LANE", lane)
    email = make.person().email
    with lane.turn():
        answers = [attempt(guarded.test_client(), email, PASSWORD) for _ in range(20)]
    assert {one.status_code for one in answers} == {503}
    assert answers[0].headers["Retry-After"] == "10"
    assert "Riprova tra qualche secondo" in answers[0].text
    assert attempt(guarded.test_client(), email, PASSWORD).status_code == 302


def test_guesses_sent_together_are_not_all_verified(
    crowded: tuple[Flask, Factory], verified: list[str]
) -> None:
    app, make = crowded
    email = make.person().email
    with ThreadPoolExecutor(40) as crowd:
        answers = list(crowd.map(lambda _: attempt(app.test_client(), email), range(40)))
    assert Counter(answer.status_code for answer in answers) == {422: 4, 429: 36}
    assert len(verified) == 4


def test_one_address_that_tries_many_accounts_is_slowed_down(
    crowded: tuple[Flask, Factory], verified: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All wait together before the first of them is known to be wrong."""
    app, _make = crowded
    few = replace(brakes.ONE_ADDRESS, free=10)
    monkeypatch.setattr(brakes, "ONE_ADDRESS", few)

    def guess(number: int) -> int:
        return attempt(app.test_client(), f"somebody{number}@example.org").status_code

    with ThreadPoolExecutor(60) as crowd:
        answers = Counter(crowd.map(guess, range(60)))
    assert answers == {422: len(verified), 429: 60 - len(verified)}
    assert len(verified) == 10


def test_a_hall_signs_in_through_one_router(guarded: Flask, make: Factory) -> None:
    emails = [make.person().email for _ in range(150)]
    answers = [attempt(guarded.test_client(), email, PASSWORD) for email in emails]
    assert {answer.status_code for answer in answers} == {302}


def test_a_hall_registers_through_one_router(guarded: Flask, make: Factory) -> None:
    """Who mistypes counts against nobody."""
    hall = guarded.test_client()

    def register(email: str) -> int:
        form = {"email": email, "display_name": "Anna", "password": "una frase che ricordo"}
        return hall.post("/registrati", data=form).status_code

    assert Counter(register("no address") for _ in range(700)) == {422: 700}
    assert Counter(register(f"{number}@example.org") for number in range(60)) == {302: 60}


def test_ten_thousand_guesses_at_one_account(
    guarded: Flask, make: Factory, unnoticed: None
) -> None:
    """From as many addresses, over a day: at most a hundred are verified, and the owner gets in."""
    email = make.person().email or ""
    known, elsewhere = guarded.test_client(), guarded.test_client()
    assert attempt(known, email, PASSWORD).status_code == 302
    known.post("/esci")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        guessed = 0
        for number in range(10_000):
            guessed += verifies(guarded, email, f"10.{number >> 8}.{number & 255}.1")
            traveller.shift(DAY / 10_000)
        assert 50 < guessed <= 100
        assert attempt(known, email, PASSWORD).status_code == 302
        assert attempt(guarded.test_client(), email, address="10.200.0.1").status_code in (422, 429)
        told = attempt(elsewhere, email, PASSWORD)
        assert told.status_code == 429
        wait = int(told.headers["Retry-After"])
        assert 0 < wait <= 20 * 60
        assert "minut" in told.text
        traveller.shift(wait - 1)
        assert attempt(elsewhere, email, PASSWORD).status_code == 429
        traveller.shift(1)
        assert attempt(elsewhere, email, PASSWORD).status_code == 302


def verifies(app: Flask, email: str, address: str) -> bool:
    """Guess as the page does, without the page; whether the guess was verified."""
    with app.test_request_context("/accedi", environ_base={"REMOTE_ADDR": address}):
        try:
            with attempt_to_sign_in(email) as guess:
                guess.at_the_front()
                raise Invalid("It was wrong.")
        except Invalid:
            return True
        except TooSoon:
            return False


@pytest.fixture
def unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of lines of the log are written nowhere."""
    monkeypatch.setattr(brakes, "note", lambda *_, **__: None)


def test_a_thousand_guesses_at_one_moment_are_ten(guarded: Flask, unnoticed: None) -> None:
    with time_machine.travel(clock.now(), tick=False):
        guesses = [
            verifies(guarded, "anna@example.org", f"10.0.{n >> 8}.{n & 255}") for n in range(1000)
        ]
    assert sum(guesses) == 10


def test_delays_grow_and_end_and_a_right_password_ends_them(guarded: Flask, make: Factory) -> None:
    email, browser = make.person().email, guarded.test_client()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        waits = []
        for _ in range(8):
            while (answer := attempt(browser, email)).status_code == 429:
                waits.append(wait := int(answer.headers["Retry-After"]))
                traveller.shift(wait)
            assert answer.status_code == 422
        assert waits == [2, 4, 8, 16]
        traveller.shift(60)
        assert attempt(browser, email, PASSWORD).status_code == 302
        browser.post("/esci")
        assert [attempt(browser, email).status_code for _ in range(5)] == [422] * 4 + [429]


def test_right_passwords_of_one_account_cannot_keep_all_others_waiting(
    guarded: Flask, make: Factory, verified: list[str]
) -> None:
    email = make.person().email
    with time_machine.travel(clock.now(), tick=False) as traveller:
        answers = [attempt(guarded.test_client(), email, PASSWORD) for _ in range(30)]
        statuses = [answer.status_code for answer in answers]
        assert statuses == [302] * 20 + [429] * 10
        assert len(verified) == 20
        traveller.shift(int(answers[-1].headers["Retry-After"]))
        assert attempt(guarded.test_client(), email, PASSWORD).status_code == 302


def test_an_account_that_nobody_has_is_delayed_as_any_other(guarded: Flask) -> None:
    with time_machine.travel(clock.now(), tick=False):
        answers = [attempt(guarded.test_client(), "nobody@example.org") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429]
    assert answers[-1].headers["Retry-After"] == "2"
    assert "Riprova tra 2 secondi" in answers[-1].text


def test_addresses_of_one_ipv6_network_count_together(guarded: Flask, make: Factory) -> None:
    email = make.person().email
    answers = [
        attempt(guarded.test_client(), email, address=f"2001:db8:1:2::{number}")
        for number in range(1, 7)
    ]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429] * 2


def test_a_stranger_does_not_slow_the_owner_down(guarded: Flask, make: Factory) -> None:
    """Neither the owner elsewhere, nor, once known there, the one at the same address."""
    email, owner = make.person().email, guarded.test_client()
    for _ in range(30):
        attempt(guarded.test_client(), email, address="198.51.100.7")
    assert attempt(owner, email, PASSWORD, address=HALL).status_code == 302
    owner.post("/esci")
    assert attempt(owner, email, PASSWORD, address="198.51.100.7").status_code == 302


def test_a_known_browser_is_known_for_one_account_and_counts_its_own(
    guarded: Flask, make: Factory
) -> None:
    anna, bruno = make.person().email, make.person().email
    browser = guarded.test_client()
    assert attempt(browser, anna, PASSWORD).status_code == 302
    browser.post("/esci")
    assert [attempt(browser, anna).status_code for _ in range(5)] == [422] * 4 + [429]
    assert [attempt(browser, bruno).status_code for _ in range(5)] == [422] * 4 + [429]
    forged = guarded.test_client()
    cookie = browser.get_cookie("consultazione_browser")
    assert cookie is not None
    forged.set_cookie("consultazione_browser", f"x{cookie.value}")
    assert [attempt(forged, bruno).status_code for _ in range(2)] == [429] * 2


def test_without_valkey_nothing_is_tried(
    guarded: Flask, make: Factory, verified: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    email = make.person().email

    def away(*_: Any, **__: Any) -> Any:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(Redis, "execute_command", away)
        told = attempt(guarded.test_client(), email, PASSWORD)
    assert (told.status_code, told.headers["Retry-After"]) == (503, "5")
    assert verified == []
    assert attempt(guarded.test_client(), email, PASSWORD).status_code == 302


def test_guessing_at_a_signature_is_slowed_down_apart(
    guarded: Flask, database: Database, make: Factory
) -> None:
    """The session stays, nothing is signed, and the sign-in of the same person is as before."""
    board = open_board(database)
    delegate = board.delegates[0]
    browser = make.sign_in(guarded.test_client(), delegate)
    form = {
        "organisation_id": str(board.unions[0].id),
        "digest": board.outcome.digest,
        "answer": "signed",
        "note": "",
    }
    path = f"/esiti/{board.outcome_id}/risposta"
    with time_machine.travel(clock.now(), tick=False) as traveller:
        wrong = [browser.post(path, data={**form, "password": "a guess"}) for _ in range(6)]
        assert [answer.status_code for answer in wrong] == [422] * 4 + [429] * 2
        right = browser.post(path, data={**form, "password": PASSWORD})
        assert right.status_code == 429
        assert board.kinds() == ["outcome.opened"]
        assert browser.get("/profilo").status_code == 200
        change = {"password": PASSWORD, "new_password": "un'altra frase"}
        assert browser.post("/profilo/password", data=change).status_code == 429
        email = email_of(make, delegate.person_id)
        assert attempt(guarded.test_client(), email, PASSWORD).status_code == 302
        traveller.shift(int(right.headers["Retry-After"]))
        assert browser.post(path, data={**form, "password": PASSWORD}).status_code == 302
    assert board.kinds() == ["outcome.opened", "outcome.signed"]


def test_what_takes_long_holds_no_connection(
    crowded: tuple[Flask, Factory], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each password that is verified or hashed, and each file that is stored."""
    app, make = crowded
    held: dict[str, int] = {}
    turn = passwords.LANE.turn

    def watched(what: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any) -> Any:
            held[what] = held.get(what, 0) + app.extensions["connections"].checkedout()
            return work(*args)

        return noted

    def post(path: str, **form: Any) -> int:
        monkeypatch.setattr(passwords.LANE, "turn", watched(path, turn))
        return browser.post(path, data=form, follow_redirects=False).status_code

    chair = make.holder(Role.COORDINATOR, (table := make.table()).id)
    browser = app.test_client()
    name = {"email": "new@example.org", "display_name": "Anna"}
    assert post("/registrati", **name, password=PASSWORD) == 302
    assert post("/accedi", email=name["email"], password=PASSWORD) == 302
    assert post("/profilo/password", password=PASSWORD, new_password="un'altra frase") == 302
    browser.post("/esci")
    assert post("/accedi", email="new@example.org", password="un'altra frase") == 302
    make.sign_in(browser, chair)
    monkeypatch.setattr(web_files, "store", watched("a file", web_files.store))
    file = (BytesIO(b"a text"), "text.txt")
    path = f"/tavoli/{table.slug}/materiali/nuovo"
    assert post(path, title="A text", sitting_id="", file=file) == 302
    assert held == dict.fromkeys(["/registrati", "/profilo/password", "/accedi", "a file"], 0)


def email_of(make: Factory, person_id: int | None) -> str | None:
    with make.session() as session:
        return session.get_one(Person, person_id).email


def test_a_password_is_verified_before_the_outcome_is_locked(
    crowded: tuple[Flask, Factory], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The delegate of another union answers while the first one's password is looked at."""
    app, _make = crowded
    board = open_board(app.extensions["database"])
    first, second = (
        board.make.sign_in(app.test_client(), delegate) for delegate in board.delegates
    )
    digest = board.outcome.digest
    began, release = threading.Event(), threading.Event()

    def slow(_password: str) -> None:
        if not began.is_set():
            began.set()
            release.wait(30)

    monkeypatch.setattr(passwords, "LANE", Lane(2, 10))
    monkeypatch.setattr(passwords, "_HASHER", Watched(slow))

    def sign(browser: FlaskClient, union: int) -> int:
        form = {
            "organisation_id": str(board.unions[union].id),
            "digest": digest,
            "answer": "signed",
            "note": "",
            "password": PASSWORD,
        }
        return browser.post(f"/esiti/{board.outcome_id}/risposta", data=form).status_code

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sign, first, 0)
        try:
            assert began.wait(10)
            assert sign(second, 1) == 302
        finally:
            release.set()
        assert waiting.result() == 302
    assert board.kinds() == ["outcome.opened", *["outcome.signed"] * 2, "outcome.closed"]
