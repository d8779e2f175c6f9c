"""What was once done to accounts: guessed, doubled, disguised, taken over, found out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import func, select

from consultazione.config import Settings
from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.scopes import Scope
from consultazione.core.text import fault_of_name
from consultazione.people.commands.accounts import start_sign_in
from consultazione.people.commands.blocking import block_person, unblock_person
from consultazione.people.commands.password_links import (
    confirm_password_link,
    make_password_link,
    use_password_link,
    withdraw_password_link,
)
from consultazione.people.commands.roles import give_role
from consultazione.people.commands.tokens import create_token
from consultazione.people.credentials.new_password import NewPassword, check_password
from consultazione.people.identity import Accounts
from consultazione.people.models import ApiToken, Category, EndedSignIn, PasswordLink, Person
from consultazione.people.queries import actors_signed_in, find_person, person_of_token, signed_in
from consultazione.web.security import limiter
from consultazione.web.sign_in import brakes
from tests.support.applications import new_app
from tests.support.factories import PASSWORD, Factory

CHOSEN = NewPassword("$argon2id$not verified here")
OTHER = "quattro gatti sul tetto"


@pytest.fixture
def admin(make: Factory) -> Actor:
    """An administrator of the zone."""
    return make.holder(Role.ADMINISTRATOR)


def sign_in(browser: FlaskClient, email: str | None, password: str = PASSWORD) -> Any:
    return browser.post("/accedi", data={"email": email, "password": password})


# Passwords


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("password1234", "Many people"),
        ("qwertyuiop12", "Many people"),
        ("p@ssw0rd2026", "Many people"),
        ("ｐａｓｓｗｏｒｄ１２３", "Many people"),
        ("ciaociaociao", "Many people"),
        ("Bianchi-Anna!", "your name"),
        ("AnnaBiànchi1990", "your name"),
        ("a.bianchi@mia", "your name"),
        ("pianodizona2026", "this service"),
    ],
)
def test_a_common_password_and_one_like_its_owner_are_refused(password: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        check_password(password, "Anna Bianchi", "a.bianchi@mia.example")


@pytest.mark.parametrize("password", [PASSWORD, OTHER, "dimostrazione-2018", "x" * 3 + OTHER * 50])
def test_words_that_do_not_belong_together_are_accepted(password: str) -> None:
    check_password(password, "Anna Bianchi", "a.bianchi@mia.example")


def test_changing_the_password_asks_as_much(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.citizen())
    form = {"password": PASSWORD, "new_password": "password1234"}
    page = client.post("/profilo/password", data=form)
    assert page.status_code == 422
    assert 'href="#field-new_password"' in page.text
    assert "Molte persone usano questa password" in page.text


# Addresses and names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Cittadina@ｄｅｍｏ.Example", "cittadina@demo.example"),
        ("İvo@x.example", "i̇vo@x.example"),
        ("anna@BÜCHER.example.", "anna@xn--bcher-kva.example"),
        ("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"),
    ],
)
def test_an_address_has_one_form(make: Factory, typed: str, kept: str) -> None:
    assert fold_address(typed) == fold_address(kept) == kept
    anna = make.person(email=typed)
    with make.session() as session:
        for spelling in (typed, kept, typed.upper()):
            found = find_person(session, spelling)
            assert (found.id if found else None) == anna.id
    with pytest.raises(Invalid, match="There is an account"):
        make.person(email=kept)


@pytest.mark.parametrize(
    "typed",
    ["аnna@example.org", "anna@exаmple.org", "anna@a_b.example", "anna@..example", "anna@",
     "@example.org", "an\u200bna@example.org", "anna@" + "a" * 300],
)  # fmt: skip
def test_an_address_that_only_looks_like_one_is_refused(client: FlaskClient, typed: str) -> None:
    with pytest.raises(Invalid):
        fold_address(typed)
    form = {"email": typed, "display_name": "Anna", "password": PASSWORD}
    assert client.post("/registrati", data=form).status_code == 422


def test_who_registered_in_wide_letters_signs_in(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    form = {"email": "Anna@ｄｅｍｏ.example", "display_name": "Anna", "password": PASSWORD}
    client.post("/registrati", data=form)
    assert sign_in(client, "anna@demo.example").status_code == 302
    assert client.get("/profilo").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["Anna\u202eitteR", "An\u200bna", "Anna\u00adRossi", "\u3164\u3164", "Anna\ufe0f", "123",
     "A" + "\u0301\u0302" * 4, "Anna\ue000", "Anna\u2066Rossi"],
)  # fmt: skip
def test_a_name_that_passes_for_another_is_refused(client: FlaskClient, name: str) -> None:
    assert fault_of_name(name) is not None
    form = {"email": "anna@example.org", "display_name": name, "password": PASSWORD}
    page = client.post("/registrati", data=form)
    assert (page.status_code, 'href="#field-display_name"' in page.text) == (422, True)


@pytest.mark.parametrize("name", ["Nicolò D'Amico", "José Ñáñez", "李小龙", "نور الهدى", "Phạm Ế"])
def test_names_of_all_scripts_are_accepted(name: str) -> None:
    assert fault_of_name(name) is None


# Registration


def test_registering_tells_nothing_of_accounts(app: Flask, make: Factory) -> None:
    taken = make.person(email="taken@example.org")
    answers = []
    for email in ("taken@example.org", "fresh@example.org"):
        browser = app.test_client()
        form = {"email": email, "display_name": "Anna", "password": OTHER}
        sent = browser.post("/registrati?next=/tavoli", data=form)
        page = browser.get(sent.location).text.replace(email, "(address)")
        page = re.sub(r'name="(csrf[_-]token|once|word)" (value|content)="[^"]*"', "", page)
        page = re.sub(r"challenge&#34;: &#34;[^&]*&#34;", "", page)
        cookies = sorted(cookie.partition("=")[0] for cookie in sent.headers.getlist("Set-Cookie"))
        answers.append((sent.status_code, sent.location, sent.text, cookies, page))
    assert answers[0] == answers[1]
    assert "(address)" in answers[0][4]
    assert sign_in(app.test_client(), taken.email, OTHER).status_code == 422
    assert sign_in(app.test_client(), taken.email).status_code == 302
    assert sign_in(app.test_client(), "fresh@example.org", OTHER).status_code == 302


@pytest.fixture
def guarded(
    settings: Settings, database: Database, make: Factory, valkey_url: str
) -> Iterator[Flask]:
    """The application with its brakes, which other tests switch off."""
    assert make.zone.id
    app = new_app(replace(settings, testing=False), database)
    app.config["WTF_CSRF_ENABLED"] = False
    Redis.from_url(valkey_url).flushdb()
    yield app
    Redis.from_url(valkey_url).flushdb()
    limiter.enabled = False


def test_to_try_a_registered_address_is_a_guess_like_any_other(guarded: Flask) -> None:
    form = {"email": "taken@example.org", "display_name": "Anna", "password": PASSWORD}
    guarded.test_client().post("/registrati", data=form)
    seen = []
    for spelling in ("taken@example.org", "Taken@EXAMPLE.org", "taken@ｅｘａｍｐｌｅ.org") * 2:
        browser = guarded.test_client()
        browser.post("/registrati", data={**form, "email": spelling, "password": OTHER})
        seen.append(sign_in(browser, spelling, OTHER).status_code)
    assert seen == [422] * 4 + [429] * 2


def test_all_spellings_of_an_address_are_one_account_for_the_brakes(guarded: Flask) -> None:
    with guarded.test_request_context():
        names = {brakes.mark_of(spelling) for spelling in ("A@x.example", "a@ｘ.example")}
    assert len(names) == 1


# Blocking


def test_a_blocked_account_is_out_at_once(app: Flask, make: Factory, admin: Actor) -> None:
    anna = make.person()
    hers = make.sign_in(app.test_client(), make.actor(anna))
    with make.database.transaction(make.actor(anna)) as tx:
        key = create_token(tx, person_id=anna.id, label="a program")
    office = make.sign_in(app.test_client(), admin)
    page = office.post(f"/amministrazione/persone/{anna.id}/blocca", data={"reason": "too short"})
    assert page.status_code == 422
    reason = {"reason": "She sells shoes in every sitting."}
    assert office.post(f"/amministrazione/persone/{anna.id}/blocca", data=reason).status_code == 302
    assert hers.get("/profilo").status_code == 302
    bearer = {"Authorization": f"Bearer {key}"}
    assert app.test_client().get("/api/v1/me", headers=bearer).status_code == 401
    with make.session() as session:
        assert session.scalar(select(func.count(EndedSignIn.token_digest))) == 1
        (entry,) = [e for e in log.read_latest(session, limit=9) if e.kind == "person.blocked"]
    assert entry.event.reason == reason["reason"]  # type: ignore[attr-defined]
    right, wrong = (
        sign_in(app.test_client(), anna.email),
        sign_in(app.test_client(), anna.email, "x"),
    )
    assert (right.status_code, wrong.status_code) == (422, 422)
    assert ("è bloccato" in right.text, "è bloccato" in wrong.text) == (True, False)
    office.post(f"/amministrazione/persone/{anna.id}/sblocca")
    assert sign_in(app.test_client(), anna.email).status_code == 302


def test_a_blocked_account_is_nobody_whatever_key_it_has(make: Factory, admin: Actor) -> None:
    """Even if a sign-in or a token were left over, or made at that moment."""
    anna = make.person()
    with make.database.transaction(admin) as tx:
        block_person(tx, zone_id=make.zone.id, person_id=anna.id, reason="Abuse of the hall")
    with make.database.transaction(SYSTEM) as tx:
        key = start_sign_in(tx, person_id=anna.id, device="test")
        token = create_token(tx, person_id=anna.id, label="left over")
    with make.session() as session:
        assert signed_in(session, key) is None
        assert actors_signed_in(session, [key]) == [VISITOR]
        assert Accounts().of_token(session, token) is None
        assert person_of_token(session, token) is None


def test_nobody_blocks_themselves_and_an_administrator_stays(make: Factory, admin: Actor) -> None:
    other, zone = make.holder(Role.ADMINISTRATOR), {"zone_id": make.zone.id}
    with pytest.raises(Conflict, match="own account"), make.database.transaction(admin) as tx:
        block_person(tx, **zone, person_id=admin.person_id or 0, reason="By mistake")
    with make.database.transaction(admin) as tx:
        block_person(tx, **zone, person_id=other.person_id or 0, reason="Left the office")
    # What the other began before is refused once it comes to the lock.
    with pytest.raises(NotAllowed, match="blocked"), make.database.transaction(other) as tx:
        block_person(tx, **zone, person_id=admin.person_id or 0, reason="In return")
    with pytest.raises(Conflict, match="already"), make.database.transaction(admin) as tx:
        block_person(tx, **zone, person_id=other.person_id or 0, reason="Once more")
    with make.database.transaction(admin) as tx:
        unblock_person(tx, **zone, person_id=other.person_id or 0)
    with pytest.raises(Conflict, match="not blocked"), make.database.transaction(admin) as tx:
        unblock_person(tx, **zone, person_id=other.person_id or 0)
    with pytest.raises(NotFound), make.database.transaction(admin) as tx:
        unblock_person(tx, **zone, person_id=10**9)


def test_who_has_a_role_in_another_zone_is_out_of_reach(
    client: FlaskClient, make: Factory, admin: Actor
) -> None:
    neighbour = Factory(make.database)
    theirs = neighbour.holder(Role.FACILITATOR)
    assert neighbour.zone.id != make.zone.id
    make.sign_in(client, admin)
    assert theirs.display_name not in client.get("/amministrazione/persone").text
    assert client.get(f"/amministrazione/persone/{theirs.person_id}").status_code == 404
    with (
        pytest.raises(NotAllowed, match="outside this zone"),
        make.database.transaction(admin) as tx,
    ):
        make_password_link(tx, zone_id=make.zone.id, person_id=theirs.person_id or 0)


# A forgotten password


def link_for(make: Factory, admin: Actor, person_id: int | None) -> tuple[str, int]:
    """The secret of a new link, and its id."""
    with make.database.transaction(admin) as tx:
        secret = make_password_link(tx, zone_id=make.zone.id, person_id=person_id or 0)
    with make.session() as session:
        found = session.scalars(select(PasswordLink).filter_by(person_id=person_id)).one()
    assert secret.encode() not in found.token_digest
    return secret, found.id


def use(make: Factory, secret: str) -> None:
    with make.database.transaction(VISITOR) as tx:
        use_password_link(tx, secret=secret, new_password=CHOSEN)


def test_a_link_serves_its_owner_once(app: Flask, make: Factory, admin: Actor) -> None:
    anna = make.person(display_name="Anna Verdi")
    hers = make.sign_in(app.test_client(), make.actor(anna))
    with make.database.transaction(make.actor(anna)) as tx:
        create_token(tx, person_id=anna.id, label="a program")
    office = make.sign_in(app.test_client(), admin)
    page = office.post(f"/amministrazione/persone/{anna.id}/password").text
    shown = re.search(r'<code class="digest">http://[^/]+(/password\?chiave=(.+?))</code>', page)
    assert shown
    assert shown[2] not in office.get(f"/amministrazione/persone/{anna.id}").text
    browser = app.test_client()
    assert "Anna Verdi" in browser.get(shown[1]).text
    weak = browser.post("/password", data={"secret": shown[2], "new_password": "annaverdi1"})
    assert (weak.status_code, 'href="#field-new_password"' in weak.text) == (422, True)
    assert hers.get("/profilo").status_code == 200
    form = {"secret": shown[2], "new_password": OTHER}
    assert browser.post("/password", data=form).location == "/accedi"
    assert hers.get("/profilo").status_code == 302
    assert browser.post("/password", data=form).status_code == 404
    assert browser.get(shown[1]).status_code == 404
    assert sign_in(app.test_client(), anna.email).status_code == 422
    assert sign_in(app.test_client(), anna.email, OTHER).status_code == 302
    with make.session() as session:
        kinds = [entry.kind for entry in log.read_stream(session, f"person:{anna.id}")]
        assert session.scalars(select(ApiToken)).all() == []
    assert kinds[-3:] == ["password_link.created", "token.deleted", "password_link.used"]


def test_a_link_ends_by_time_by_withdrawal_and_by_another(make: Factory, admin: Actor) -> None:
    anna = make.person()
    first, _id = link_for(make, admin, anna.id)
    second, link_id = link_for(make, admin, anna.id)
    with pytest.raises(NotFound):
        use(make, first)
    late = clock.now() + timedelta(hours=24, seconds=1)
    with time_machine.travel(late, tick=False), pytest.raises(NotFound):
        use(make, second)
    with make.database.transaction(admin) as tx:
        withdraw_password_link(tx, zone_id=make.zone.id, link_id=link_id)
    with pytest.raises(NotFound):
        use(make, second)


@pytest.mark.parametrize(
    "who",
    [
        Role.ADMINISTRATOR,
        Role.PLAN_OFFICE,
        Role.FACILITATOR,
        Role.COORDINATOR,
        Role.UNION_DELEGATE,
    ],
)
def test_one_administrator_takes_over_nobody_with_power(
    make: Factory, admin: Actor, who: Role
) -> None:
    union = who is Role.UNION_DELEGATE
    target = make.delegate(Category.UNION) if union else make.holder(who)
    secret, link_id = link_for(make, admin, target.person_id)
    with pytest.raises(Conflict, match="second administrator"):
        use(make, secret)
    for alone in {admin, target} if who is Role.ADMINISTRATOR else {admin}:
        with pytest.raises(Conflict, match="Another"), make.database.transaction(alone) as tx:
            confirm_password_link(tx, zone_id=make.zone.id, link_id=link_id)
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        confirm_password_link(tx, zone_id=make.zone.id, link_id=link_id)
    use(make, secret)


@pytest.mark.parametrize("maker", ["admin", "puppet"])
def test_a_puppet_is_no_second_administrator(
    app: Flask, make: Factory, admin: Actor, maker: str
) -> None:
    target, person = make.delegate(Category.UNION), make.person()
    email, role = person.email or "", Role.ADMINISTRATOR
    with make.database.transaction(admin) as tx:
        give_role(tx, zone_id=make.zone.id, email=email, role=role)
    first, second = admin, make.actor(person)
    if maker == "puppet":
        first, second = second, first
    _secret, link_id = link_for(make, first, target.person_id)
    with pytest.raises(Conflict, match="same person"), make.database.transaction(second) as tx:
        confirm_password_link(tx, zone_id=make.zone.id, link_id=link_id)
    path = f"/amministrazione/persone/{target.person_id}"
    page = make.sign_in(app.test_client(), second).get(path).text
    assert ("dalla stessa persona" in page, "/conferma" in page) == (True, False)
    third = make.holder(Role.ADMINISTRATOR)
    assert "/conferma" in make.sign_in(app.test_client(), third).get(path).text


def test_a_link_ends_with_the_password_that_its_owner_changes(
    client: FlaskClient, make: Factory, admin: Actor
) -> None:
    anna = make.person()
    secret, _id = link_for(make, admin, anna.id)
    make.sign_in(client, make.actor(anna))
    form = {"password": PASSWORD, "new_password": OTHER}
    assert client.post("/profilo/password", data=form).status_code == 302
    with pytest.raises(NotFound):
        use(make, secret)
    with make.session() as session:
        kinds = [entry.kind for entry in log.read_stream(session, f"person:{anna.id}")]
    assert {"password_link.withdrawn", "person.password_changed"} <= set(kinds)


def test_a_union_whose_mandate_was_ended_first_is_no_way_round(make: Factory, admin: Actor) -> None:
    anna = make.person()
    make.mandate(anna, make.organisation(Category.UNION), ends_on=clock.today() - timedelta(days=1))
    secret, _id = link_for(make, admin, anna.id)
    with pytest.raises(Conflict, match="second administrator"):
        use(make, secret)


def test_who_runs_the_machine_needs_no_second(make: Factory, admin: Actor) -> None:
    with make.database.transaction(SYSTEM) as tx:
        secret = make_password_link(tx, zone_id=None, person_id=admin.person_id or 0)
    use(make, secret)
    with make.session() as session:
        assert session.get_one(Person, admin.person_id).password_hash == CHOSEN.password_hash


def test_a_link_ends_with_the_blocking_of_its_account(make: Factory, admin: Actor) -> None:
    anna = make.person()
    secret, _id = link_for(make, admin, anna.id)
    with make.database.transaction(admin) as tx:
        block_person(tx, zone_id=make.zone.id, person_id=anna.id, reason="Abuse of the hall")
    with pytest.raises(NotAllowed, match="blocked"):
        link_for(make, admin, anna.id)
    with make.database.transaction(admin) as tx:
        unblock_person(tx, zone_id=make.zone.id, person_id=anna.id)
    with pytest.raises(NotFound):
        use(make, secret)
    with make.session() as session:
        kinds = [entry.kind for entry in log.read_stream(session, f"person:{anna.id}")]
    assert kinds.count("password_link.withdrawn") == 1


def test_nobody_makes_a_link_for_themselves(make: Factory, admin: Actor) -> None:
    with pytest.raises(Conflict):
        link_for(make, admin, admin.person_id)


# The administrators' page


def test_accounts_are_found_by_name_or_by_the_whole_address(
    client: FlaskClient, make: Factory, admin: Actor
) -> None:
    anna = make.person(display_name="Anna 100% Verdi", email="anna@example.org")
    make.person(display_name="Bruno Neri", email="bruno@example.org")
    make.sign_in(client, admin)
    searches = {
        "verdi": True,
        "100%": True,
        "1_0": False,
        "neri": False,
        "anna@": False,
        "\x00": True,
    }
    for search, found in (searches | {"ANNA@ｅｘａｍｐｌｅ.org": True}).items():
        page = client.get("/amministrazione/persone", query_string={"cerca": search})
        assert (page.status_code, anna.display_name in page.text) == (200, found), search
        assert "bruno@example.org" not in page.text
    for role in (Role.PLAN_OFFICE, Role.FACILITATOR):
        other = make.sign_in(client.application.test_client(), make.holder(role))
        assert other.get("/amministrazione/persone").status_code == 403


# Keys for programs


def bearer(make: Factory, who: Actor, *scopes: Scope, days: int = 90) -> dict[str, str]:
    with make.database.transaction(who) as tx:
        key = create_token(tx, person_id=who.person_id or 0, label="t", scopes=scopes, days=days)
    return {"Authorization": f"Bearer {key}"}


def test_a_key_does_what_its_scopes_say(client: FlaskClient, make: Factory) -> None:
    anna, proposal, sitting = make.citizen(), make.proposal(), make.sitting()
    support = f"/api/v1/proposals/{proposal.id}/support"
    hand = f"/api/v1/sittings/{sitting.id}/hand"
    tried = {"read": ("GET", "/api/v1/me"), "write": ("PUT", support), "sittings": ("PUT", hand)}
    for held in (Scope.READ, Scope.WRITE, Scope.SITTINGS):
        headers = bearer(make, anna, held)
        for needed, (method, path) in tried.items():
            answer = client.open(path, method=method, json={}, headers=headers)
            missing = f"«{needed}»" in (answer.get_json(silent=True) or {}).get("detail", "")
            assert (missing, answer.status_code == 403) == (held != needed, held != needed), path


def test_a_key_ends_and_says_so(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    headers = bearer(make, make.citizen(), Scope.READ, days=30)
    assert client.get("/api/v1/me", headers=headers).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=30, seconds=1), tick=False):
        answer = client.get("/api/v1/me", headers=headers)
    assert (answer.status_code, "scaduta" in answer.get_json()["detail"]) == (401, True)


def test_the_last_use_of_a_key_is_noted_by_the_hour(client: FlaskClient, make: Factory) -> None:
    headers, begin = bearer(make, make.citizen(), Scope.READ), clock.now()
    seen = []
    for minutes in (0, 30, 61):
        with time_machine.travel(begin + timedelta(minutes=minutes), tick=False):
            client.get("/api/v1/me", headers=headers)
        with make.session() as session:
            seen.append(session.scalars(select(ApiToken.used_at)).one())
    assert seen == [begin, begin, begin + timedelta(minutes=61)]


@pytest.mark.parametrize(("scopes", "days"), [((), 90), ((Scope.READ,), 366), ((Scope.READ,), 0)])
def test_no_key_without_scope_or_end(make: Factory, scopes: tuple[Scope, ...], days: int) -> None:
    with pytest.raises(Invalid):
        bearer(make, make.citizen(), *scopes, days=days)


def test_the_description_names_the_scope_of_each_operation(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    needed: dict[str, set[str]] = {}
    for path, operations in paths.items():
        for verb, operation in operations.items():
            for way in operation.get("security", []) if verb != "parameters" else []:
                needed.setdefault(path, set()).update(way.get("token", []))
    assert needed["/api/v1/me"] == {"read"}
    assert "write" in needed["/api/v1/proposals"]
    assert {"read", "write", "sittings", "plan"} == set.union(*needed.values())
