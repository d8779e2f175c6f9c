"""What somebody is in one zone makes them nobody special in another: page by page, form by form,
operation by operation, message by message, command by command.

One person tries everything in a zone twice: as a mere participant, and with every role in
another zone. All answers must be the same. The trials are the routes, the messages and the
commands of the product themselves, so that a new one is tried too.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from http.client import BAD_REQUEST, CREATED, FORBIDDEN, NOT_FOUND, OK
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, request
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Refusal
from consultazione.live.gateway import run_message
from consultazione.live.messages import MESSAGES
from consultazione.people.commands.roles import GIVEN_ROLES, give_role
from consultazione.people.commands.tokens import create_token
from consultazione.web.forms import Form
from consultazione.web.request_db import release_snapshot
from tests.support.applications import borrowed
from tests.support.asked_things import copy_of
from tests.support.commands import commands
from tests.support.factories import Factory
from tests.support.memory_keys import MemoryKeys
from tests.support.two_zones import one_of_everything
from tests.support.undone_database import undone_database

# What routes and commands take beside the things of a zone.
BESIDE = {
    "code": "it", "key": "x" * 32, "position": 1, "reaction": "draft", "rest": "",
    "title": "Titolo di prova", "body": "Un testo di prova.", "reason": "Un motivo di prova.",
    "name": "Nome di prova", "kind": "thematic", "category": "volunteering", "version": 1,
    "digest": "0" * 64, "answer": "taken_in", "starts_on": "2026-11-28", "ends_on": "",
    "closed_on": "2026-11-28", "on_day": "2026-11-28", "source": "albo", "remit": "Di prova",
    "note": "Una nota.", "place": "Municipio", "starts_at": "2030-01-10T10:00",
    "question": "Si approva?", "seconds": 60, "choice": "yes", "votes": 3, "position_taken": "",
    "ending": "csv", "token": "x" * 22, "sha256": "0" * 64, "page": "contatti",
}  # fmt: skip
# Pages of the installation, which belong to no zone, and a reader's own, but for what is kept in
# them under a number; and old addresses, which only lead on.
_OF_THE_INSTALLATION = re.compile(
    r"/(accedi.*|accessibilita|entra|esci|healthz|licenza|lingua/.*|log/.*|metrics|password"
    r"|calendario/persona.ics|favicon.ico|robots.txt|sitemap.xml"
    r"|privacy|profilo[^<]*|readyz|registrati|secondo-passaggio|static/.*|uscita"
    r"|api/v1/openapi.json)?"
)
_MOVED = {"home.to_the_cycle", "home.to_the_zone"}
# What differs from one answer to the next whoever asks.
_BY_CHANCE = re.compile(
    r'name="csrf-token" content="[^"]*"|name="(csrf_token|once)" value="[^"]*"'
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+|\b[0-9a-f]{8}\b"  # moments, numbers of faults
)
_MADE = re.compile(r"\d+$")  # the number of what was just made, at the end of where it leads
_NOT_COMPARED = {
    "text/event-stream", "text/calendar", "application/pdf",
    "application/vnd.oasis.opendocument.text",
}  # fmt: skip
Outcome = tuple[Any, ...]


class Trials:
    """A zone full of objects, another zone, and a person who tries everything."""

    def __init__(self, app: Flask, connection: Connection, directory: Path) -> None:
        self.app, self.connection = app, connection
        database = app.extensions["database"]
        # Tried is the zone that was set up first, whose administrators have the machine's pages.
        self.there, self.make = Factory(database), Factory(database, name="Distretto di Altrove")
        self.things = {**BESIDE, **one_of_everything(self.there, directory)}
        assert self.make.zone
        self.person = self.make.person()
        # When all is asked: some pages say the minute. Later than whatever was done before.
        self.at = clock.now() + timedelta(minutes=10)
        # Shared by the trials at home: a participant is the same in both zones.
        self._of_participant: dict[Callable[[Trials], dict[str, Outcome]], Any] = {}

    def at_home(self) -> Trials:
        """The same trials by a person whose roles are of the zone where everything is tried."""
        other = copy(self)
        other.make, other.there = self.there, self.make
        return other

    def actor(self) -> Actor:
        """The person as they are now."""
        return self.make.actor(self.person)

    def give(self, role: Role) -> None:
        """Give the person a role in the zone where nothing is tried."""
        with self.make.database.transaction(SYSTEM) as tx:
            give_role(tx, zone_id=self.make.zone.id, email=self.person.email or "", role=role)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """A trial whose effects are undone."""
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()

    def compared(
        self, roles: Sequence[Role], attempt: Callable[[Trials], dict[str, Outcome]]
    ) -> dict[str, Any]:
        """What a trial answers otherwise to the holder of some roles than to a participant."""
        before = self._as_participant(attempt)
        with self.undone():
            for role in roles:
                self.give(role)
            after = attempt(self)
        assert before.keys() == after.keys()
        return {name: (before[name], after[name]) for name in before if before[name] != after[name]}

    def _as_participant(self, attempt: Callable[[Trials], dict[str, Outcome]]) -> Any:
        if attempt not in self._of_participant:
            with self.undone():
                self._of_participant[attempt] = attempt(self)
        return self._of_participant[attempt]


@pytest.fixture(scope="module")
def trials(engine: Engine, shared_app: Flask) -> Iterator[Trials]:
    """One of everything in a zone, and a person with nothing there; each trial is undone."""
    with engine.connect() as connection:
        outer = connection.begin()
        database = undone_database(connection, MemoryKeys())
        with borrowed(shared_app, database) as app:
            uploads = app.extensions["settings"].uploads_dir
            uploads.mkdir(parents=True, exist_ok=True)
            yield Trials(app, connection, uploads)
        outer.rollback()


def rules(app: Flask) -> list[tuple[Rule, str]]:
    """Every address of a zone or of an object with each of its methods."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in _MOVED and not _OF_THE_INSTALLATION.fullmatch(rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def address(app: Flask, rule: Rule, things: dict[str, Any]) -> str:
    """The address of a thing of the zone; KeyError for an argument that nobody has thought of."""
    if "/export/" in rule.rule:
        things = {**things, "kind": "csv"}
    values = {name: things[name] for name in rule.arguments}
    path = app.url_map.bind("localhost").build(rule.endpoint, values, method=None)
    asked = f"?zone={things['zone']}&cycle={things['cycle']}"
    return path + asked if path.startswith("/api/") else path


def answers(trials: Trials) -> dict[str, Outcome]:
    """What each address answers to the person, to each of its methods."""
    app = trials.app
    browser = trials.make.sign_in(FlaskClient(app, app.response_class), trials.actor())
    program = Program(app, token_of(trials))
    found: dict[str, Outcome] = {}
    for rule, method in rules(app):
        path = address(app, rule, trials.things)
        with trials.undone(), clock.stopped_at(trials.at):
            if path.startswith("/api/"):
                answer = program.send(method, path, trials.things)
            else:
                data = trials.things if method == "POST" else None
                answer = browser.open(path, method=method, data=data)
            found[f"{method} {rule.rule}"] = outcome(browser, answer)
    return found


class Program:
    """A program of the person's, which sends each operation what its description asks for."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client = FlaskClient(app, app.response_class)
        self.headers = {"Authorization": f"Bearer {token}"}
        description = self.client.get("/api/v1/openapi.json").get_json()
        self.schemas = description["components"]["schemas"]
        self.paths = {re.sub(r"{.*?}", "*", path): of for path, of in description["paths"].items()}

    def send(self, method: str, path: str, things: dict[str, Any]) -> TestResponse:
        """Send one operation about some things."""
        names = self.fields(method, path)
        body = {name: things[name] for name in names if name in things} if names else None
        return self.client.open(path, method=method, json=body, headers=self.headers)

    def fields(self, method: str, path: str) -> list[str]:
        """The fields of the body that an operation takes."""
        pattern = next(p for p in self.paths if fullmatch(p.replace("*", "[^/]+"), path))
        content = self.paths[pattern][method.lower()].get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return []
        named = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
        return list(self.schemas[named]["properties"])


def fullmatch(pattern: str, path: str) -> bool:
    """Whether a path without its query is one of a pattern."""
    return re.fullmatch(pattern, path.partition("?")[0]) is not None


def outcome(browser: FlaskClient, answer: TestResponse) -> Outcome:
    """Status, where an answer leads, what it says, and its content."""
    # What leads on says no more; streams do not end; these files bear the moment of their making.
    said_elsewhere = answer.location is not None or answer.mimetype in _NOT_COMPARED
    content = b"" if said_elsewhere else answer.get_data()
    answer.close()  # of a file that is sent
    with browser.session_transaction() as cookie:
        said = cookie.pop("_flashes", None)
    text = content.decode(errors="replace")
    if answer.status_code == CREATED and answer.is_json:
        # The number of what was just made differs, since undoing a trial gives no number back.
        text = repr({**answer.get_json(), "id": None})
    text = _BY_CHANCE.sub("", text)
    location = _MADE.sub("", answer.location or "")
    return answer.status_code, location, said, text


def token_of(trials: Trials) -> str:
    """A key for programs of the person's, good for everything."""
    with trials.make.database.transaction(SYSTEM) as tx:
        return create_token(tx, person_id=trials.person.id, label="Prova")


def attempts(trials: Trials) -> dict[str, Outcome]:
    """What each command answers to the person, given the things that it names."""
    found: dict[str, Outcome] = {}
    for command in commands():
        taken = list(inspect.signature(command).parameters.values())[1:]
        given = {
            one.name: thing(trials.things, command, one.name)
            for one in taken
            if one.default is inspect.Parameter.empty or one.name.endswith("_id")
        }
        with trials.undone():
            found[command.__name__] = attempt(trials, command, given)
    return found


def thing(things: dict[str, Any], command: Callable[..., Any], name: str) -> Any:
    """What a command is given for a parameter: its own thing, where a name means several."""
    return things.get(f"{command.__name__}.{name}", things.get(name))


def attempt(trials: Trials, command: Callable[..., Any], given: dict[str, Any]) -> Outcome:
    """How a command ends: what was recorded, or how it refused."""
    try:
        with trials.make.database.transaction(trials.actor()) as tx:
            command(tx, **given)
        return tuple(entry.kind for entry in tx.entries)  # known once it is committed
    except Refusal as refusal:
        return type(refusal), str(refusal.detail)
    except Exception as error:  # it came as far as to stumble over what was made up
        return type(error), "let in"


def mixed(trials: Trials, here: dict[str, Any]) -> dict[str, Outcome]:
    """What each command answers that is given a thing of the person's zone, and one of another.

    Of every two that it takes, each in turn is the one from the other zone; what is not needed
    besides is left out.
    """
    found: dict[str, Outcome] = {}
    for command in commands():
        taken = list(inspect.signature(command).parameters.values())[1:]
        named = [one.name for one in taken if one.name.endswith(("_id", "_ids"))]
        made = [name for name in named if thing(trials.things, command, name) is not None]
        for foreign, own in permutations(made, 2):
            given = {
                one.name: thing(here, command, one.name)
                for one in taken
                if one.default is inspect.Parameter.empty or one.name == own
            }
            with trials.undone():
                given[foreign] = thing(trials.things, command, foreign)
                found[f"{command.__name__}: {foreign} with {own}"] = attempt(trials, command, given)
    return found


def said(trials: Trials) -> dict[str, Outcome]:
    """What each message of a room is answered, sent by the person."""
    found: dict[str, Outcome] = {}
    for name, message in MESSAGES.items():
        fields = {
            field.data_key or name: trials.things[name]
            for name, field in message.schema().fields.items()
            if name in trials.things and name != "key"
        }
        with trials.undone(), trials.app.test_request_context():
            g.actor = trials.actor()
            try:
                found[name] = ("ok", repr(run_message(name, (fields,))))
            except Refusal as refusal:
                found[name] = type(refusal), str(refusal.detail)
            except Exception as error:  # no socket is there to join a room
                found[name] = type(error), ""
    return found


# The first of the module also sets up two zones with one of everything.
@pytest.mark.timeout(600)
def test_no_address_of_a_zone_knows_the_roles_of_another(trials: Trials) -> None:
    differing = trials.compared(GIVEN_ROLES, answers)
    assert {name: (before[:3], after[:3]) for name, (before, after) in differing.items()} == {}


def test_no_command_in_a_zone_knows_the_roles_of_another(trials: Trials) -> None:
    assert trials.compared(GIVEN_ROLES, attempts) == {}


def test_no_message_in_a_zone_knows_the_roles_of_another(trials: Trials) -> None:
    assert trials.compared(GIVEN_ROLES, said) == {}


# An account belongs to no zone: whoever was shown a document may say so, and two administrators
# join two that hold no role and no mandate.
OF_NO_ZONE = ("identify_person: ", "propose_merge: ")


def test_nothing_of_one_zone_is_brought_into_another(trials: Trials, tmp_path: Path) -> None:
    """An office of one zone cannot seat, attach, cite or burden what belongs to another."""
    with trials.undone():
        here = {**BESIDE, **one_of_everything(trials.make, tmp_path)}
        for role in GIVEN_ROLES:
            trials.give(role)
        tried = mixed(trials, here)
    assert len(tried) > 25
    done = {
        name: what
        for name, what in tried.items()
        if what
        and isinstance(what[0], str)  # kinds of entries
        and not name.startswith(OF_NO_ZONE)
    }
    assert done == {}


# What is not public: what it answers to all offices of its own zone together.
PRIVATE = {
    "/amministrazione/trattamenti/{activity_id}": OK,
    "/accreditamenti/{application_id}": OK,
    "/accreditamenti/{application_id}/file/{file_name}": OK,
    "/moderazione/{ruling_id}": OK,
    "/moderazione/attesa/{held_id}": OK,
    "/zone/{zone}/amministrazione/accreditamenti": OK,
    "/zone/{zone}/amministrazione/deleghe/{mandate_id}/documenti/{mandate_document_id}"
    "/{file_name}": OK,
    "/zone/{zone}/amministrazione/inviti": OK,
    "/zone/{zone}/amministrazione/moderazione": OK,
    "/zone/{zone}/amministrazione/pagine": OK,
    "/zone/{zone}/amministrazione/privacy": OK,
    "/zone/{zone}/amministrazione/trattamenti": OK,
    "/bozze/{proposal_draft_id}": NOT_FOUND,
    "/nuova-zona/{draft_id}/riepilogo": FORBIDDEN,
    "/profilo/copia-dei-dati/{download_id}": NOT_FOUND,
}


def test_nothing_private_is_shown_to_the_offices_of_another_zone(trials: Trials) -> None:
    """And what a person keeps for themselves is shown to no office at all."""
    folder = trials.app.extensions["settings"].downloads_dir
    folder.mkdir(parents=True, exist_ok=True)
    copy_there = folder / f"{copy_of(trials.things)}.zip"
    copy_there.write_bytes(b"A copy of data.")
    refused = {path: status for path, status in shown(trials).items() if status < BAD_REQUEST}
    at_home = shown(trials.at_home())
    copy_there.unlink()
    assert refused == {}
    assert at_home == PRIVATE


def shown(trials: Trials) -> dict[str, int]:
    """How each private page answers a person with every role in the zone of their roles."""
    browser = FlaskClient(trials.app, trials.app.response_class)
    with trials.undone():
        for role in GIVEN_ROLES:
            trials.give(role)
        trials.make.sign_in(browser, trials.actor())
        return {path: status(browser, path.format_map(trials.things)) for path in PRIVATE}


def status(browser: FlaskClient, path: str) -> int:
    """The status of what a page answers."""
    with browser.get(path) as answer:
        return answer.status_code


@pytest.mark.timeout(600)
def test_a_form_whose_command_refuses_comes_again_and_says_why(
    trials: Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody was faster: the page is drawn from rows that are read anew, and tells it.

    Even where the form is not offered any more.
    """
    told, refused = "Somebody was faster.", []

    def perform(form: Form, *_command: object, **_before: object) -> None:
        if request.method == "POST":
            refused.append(request.url_rule)
            release_snapshot()
            form.errors = {"": [told]}

    monkeypatch.setattr(Form, "perform", perform)
    browser = FlaskClient(trials.app, trials.app.response_class)
    wrong = {}
    with trials.undone():
        home = trials.at_home()
        for role in GIVEN_ROLES:
            home.give(role)
        home.make.sign_in(browser, home.actor())
        for rule, method in rules(trials.app):
            if method == "POST" and not rule.rule.startswith("/api/"):
                with trials.undone():
                    answer = browser.post(address(trials.app, rule, trials.things), data={})
                shown = answer.status_code == 422 and rule in refused
                if answer.status_code >= 500 or (shown and told not in answer.text):
                    wrong[rule.rule] = answer.status_code
    assert len(refused) > 90
    assert wrong == {}


def test_the_trials_find_what_a_role_of_the_zone_itself_may(trials: Trials) -> None:
    """Otherwise they would prove nothing: each finds most of what the role is for."""
    home = trials.at_home()
    for role, least in ((Role.FACILITATOR, 30), (Role.PLAN_OFFICE, 15), (Role.ADMINISTRATOR, 12)):
        assert len(home.compared([role], attempts)) >= least, role
    assert len(home.compared([Role.FACILITATOR, Role.ADMINISTRATOR], answers)) > 40
    assert len(home.compared([Role.FACILITATOR], said)) > 10
