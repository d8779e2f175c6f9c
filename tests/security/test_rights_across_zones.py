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
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Refusal
from consultazione.live.gateway import run_message
from consultazione.live.messages import MESSAGES
from consultazione.people.commands.roles import GIVEN_ROLES, give_role
from consultazione.people.commands.tokens import create_token
from tests.support.commands import commands
from tests.support.factories import Factory
from tests.support.two_zones import one_of_everything

# What routes and commands take beside the things of a zone.
BESIDE = {
    "code": "it", "key": "x" * 32, "position": 1, "reaction": "draft", "rest": "", "token_id": 1,
    "title": "Titolo di prova", "body": "Un testo di prova.", "reason": "Un motivo di prova.",
    "name": "Nome di prova", "kind": "thematic", "category": "volunteering", "version": 1,
    "digest": "0" * 64, "answer": "taken_in", "starts_on": "2026-11-28", "ends_on": "",
    "closed_on": "2026-11-28", "on_day": "2026-11-28", "source": "albo", "remit": "Di prova",
    "note": "Una nota.", "place": "Municipio", "starts_at": "2030-01-10T10:00",
    "question": "Si approva?", "seconds": 60, "choice": "yes", "votes": 3, "position_taken": "",
}  # fmt: skip
# Pages of the installation, which belong to no zone; and old addresses, which only lead on.
_OF_THE_INSTALLATION = re.compile(
    r"/(accedi|accessibilita|entra|esci|healthz|licenza|lingua/.*|metrics|password|privacy"
    r"|profilo.*|readyz|registrati|static/.*|api/v1/openapi.json)?"
)
# What `one_of_everything` does not make yet: that only who may does these is tried by the tests of
# their own features, in one zone.
_NOT_MADE_YET = {
    "archive_document_id", "assessment_comment_id", "assessment_id", "attachment_id", "block_id",
    "budget_id", "budget_item_id", "citation_id", "criterion_id", "draft_id", "earmark_id",
    "ending", "feedback_id", "forward_id", "fund_id", "gathering_id", "indicator_id",
    "intervention_id", "item_id", "need_id", "observation_id", "outcome_item_id", "priority_id",
    "priority_link_id", "programme_id", "project_id", "resource_id", "scenario_id", "sha256",
    "signatory_id", "step_id", "suggestion_id", "territory", "to_zone_id", "token", "way", "word",
    "year", "years",
}  # fmt: skip
_MOVED = {"home.to_the_cycle", "home.to_the_zone"}
# What differs from one answer to the next whoever asks.
_BY_CHANCE = re.compile(
    r'name="csrf-token" content="[^"]*"|name="(csrf_token|once)" value="[^"]*"'
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+|\b[0-9a-f]{8}\b"  # moments, numbers of faults
)
_NOT_COMPARED = {
    "text/event-stream", "text/calendar", "application/pdf",
    "application/vnd.oasis.opendocument.text",
}  # fmt: skip
Outcome = tuple[Any, ...]


class Trials:
    """A zone full of objects, another zone, and a person who tries everything."""

    def __init__(self, make: Factory, connection: Connection, directory: Path) -> None:
        # Tried is the zone that was set up first, whose administrators have the machine's pages.
        self.there, self.connection = make, connection
        assert make.zone
        self.make = Factory(make.database, name="Distretto di Altrove")
        assert self.make.zone
        self.things = {**BESIDE, **one_of_everything(self.there, directory)}
        self.person = make.person()

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
        self, roles: Sequence[Role], attempt: Callable[[], dict[str, Outcome]]
    ) -> dict[str, Any]:
        """What a trial answers otherwise to the holder of some roles than to a participant."""
        with self.undone():
            before = attempt()
        with self.undone():
            for role in roles:
                self.give(role)
            after = attempt()
        assert before.keys() == after.keys()
        return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


@pytest.fixture
def trials(make: Factory, connection: Connection, tmp_path: Path) -> Trials:
    """One of everything in a zone, and a person with nothing there."""
    return Trials(make, connection, tmp_path)


def rules(app: Flask) -> list[tuple[Rule, str]]:
    """Every address of a zone or of an object with each of its methods."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in _MOVED and not _OF_THE_INSTALLATION.fullmatch(rule.rule)
        if rule.arguments.isdisjoint(_NOT_MADE_YET) and not rule.endpoint.startswith("exchange")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def address(app: Flask, rule: Rule, things: dict[str, Any]) -> str:
    """The address of a thing of the zone; KeyError for an argument that nobody has thought of."""
    values = {name: things[name] for name in rule.arguments}
    path = app.url_map.bind("localhost").build(rule.endpoint, values, method=None)
    asked = f"?zone={things['zone']}&cycle={things['cycle']}"
    return path + asked if path.startswith("/api/") else path


def answers(app: Flask, trials: Trials) -> dict[str, Outcome]:
    """What each address answers to the person, to each of its methods."""
    browser = trials.make.sign_in(FlaskClient(app, app.response_class), trials.actor())
    program = Program(app, token_of(trials))
    found: dict[str, Outcome] = {}
    for rule, method in rules(app):
        path = address(app, rule, trials.things)
        with trials.undone():
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
    # Streams do not end, and these files bear the moment at which they are made.
    content = b"" if answer.mimetype in _NOT_COMPARED else answer.get_data()
    with browser.session_transaction() as cookie:
        said = cookie.pop("_flashes", None)
    text = _BY_CHANCE.sub("", content.decode(errors="replace"))
    return answer.status_code, answer.location, said, text


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
            one.name: trials.things.get(one.name)
            for one in taken
            if one.default is inspect.Parameter.empty or one.name.endswith("_id")
        }
        with trials.undone():
            found[command.__name__] = attempt(trials, command, given)
    return found


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

    Every parameter in turn is the one from the other zone.
    """
    found: dict[str, Outcome] = {}
    for command in commands():
        taken = list(inspect.signature(command).parameters.values())[1:]
        ids = [one.name for one in taken if one.name.endswith("_id")]
        made = [name for name in ids if name in trials.things]
        for foreign in made if len(ids) > 1 else []:
            given = {
                one.name: here.get(one.name)
                for one in taken
                if one.default is inspect.Parameter.empty or one.name == foreign
            }
            with trials.undone():
                given[foreign] = trials.things[foreign]
                found[f"{command.__name__}: {foreign}"] = attempt(trials, command, given)
    return found


def said(app: Flask, trials: Trials) -> dict[str, Outcome]:
    """What each message of a room is answered, sent by the person."""
    found: dict[str, Outcome] = {}
    for name, message in MESSAGES.items():
        fields = {
            field.data_key or name: trials.things[name]
            for name, field in message.schema().fields.items()
            if name in trials.things and name != "key"
        }
        with trials.undone(), app.test_request_context():
            g.actor = trials.actor()
            try:
                found[name] = ("ok", repr(run_message(name, (fields,))))
            except Refusal as refusal:
                found[name] = type(refusal), str(refusal.detail)
            except Exception as error:  # no socket is there to join a room
                found[name] = type(error), ""
    return found


def test_no_address_of_a_zone_knows_the_roles_of_another(app: Flask, trials: Trials) -> None:
    differing = trials.compared(GIVEN_ROLES, lambda: answers(app, trials))
    assert {name: (before[:3], after[:3]) for name, (before, after) in differing.items()} == {}


def test_no_command_in_a_zone_knows_the_roles_of_another(trials: Trials) -> None:
    assert trials.compared(GIVEN_ROLES, lambda: attempts(trials)) == {}


def test_no_message_in_a_zone_knows_the_roles_of_another(app: Flask, trials: Trials) -> None:
    assert trials.compared(GIVEN_ROLES, lambda: said(app, trials)) == {}


def test_nothing_of_one_zone_is_brought_into_another(trials: Trials, tmp_path: Path) -> None:
    """An office of one zone cannot seat, attach, cite or burden what belongs to another."""
    here = {**BESIDE, **one_of_everything(trials.make, tmp_path)}
    for role in GIVEN_ROLES:
        trials.give(role)
    tried = mixed(trials, here)
    assert len(tried) > 25
    done = {
        name: what
        for name, what in tried.items()
        if what and isinstance(what[0], str)  # kinds of entries
    }
    assert done == {}


def test_the_trials_find_what_a_role_of_the_zone_itself_may(app: Flask, trials: Trials) -> None:
    """Otherwise they would prove nothing: each finds most of what the role is for."""
    trials.make, trials.there = trials.there, trials.make
    for role, least in ((Role.FACILITATOR, 30), (Role.PLAN_OFFICE, 15), (Role.ADMINISTRATOR, 12)):
        assert len(trials.compared([role], lambda: attempts(trials))) >= least, role
    assert len(trials.compared([Role.FACILITATOR], lambda: answers(app, trials))) > 20
    assert len(trials.compared([Role.ADMINISTRATOR], lambda: answers(app, trials))) > 20
    assert len(trials.compared([Role.FACILITATOR], lambda: said(app, trials))) > 10
