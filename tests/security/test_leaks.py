"""The leak matrix: every address that is read, by every reader, and no word that is not theirs.

`tests/support/leaks.py` plants what is hidden, drafted, rehearsed, erased or of another zone, each
with a word that stands nowhere else. All addresses of the site are asked by each reader, as they
stand and about each secret, and searched by what stands beside the words. A new address is tried
without a line here; but `leaks.txt` has to say what it is, so that somebody has thought of it.
"""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.mail.outbox import Mail
from consultazione.live import frames
from consultazione.notices.kinds import WRITERS
from consultazione.people.commands.tokens import create_token
from tests.support.applications import borrowed
from tests.support.factories import Factory
from tests.support.leaks import READERS, SHARED, Planting, Secret
from tests.support.memory_keys import MemoryKeys
from tests.support.moderated_secrets import moderated_secrets
from tests.support.prepared_secrets import prepared_secrets
from tests.support.two_zones import one_of_everything
from tests.support.undone_database import undone_database

TABLE = Path(__file__).parent / "leaks.txt"
# What each address may be: all are read alike, and a search is asked for what stands beside.
REHEARSED = ("statement of a rehearsal", "address of a rehearsal")
CLASSES = {"list", "feed", "search", "export", "rest", "page", "form", "file", "site", "moved"}
# Parameters of addresses that are no things of a zone.
BESIDE = {
    "code": "it", "key": "x" * 32, "position": 1, "reaction": "draft", "rest": "", "token_id": 1,
    "passkey_id": 1, "kind": "csv", "version": 1, "digest": "0" * 64, "ending": "csv",
    "token": "x" * 22, "sha256": "0" * 64, "filename": "js/boot.js", "tile": "0/000",
    "stream": "zone:1", "page": "aiuto",
}  # fmt: skip
# Streams: what they send is what rooms are told (`test_no_frame_tells_a_secret`).
# A PDF is its page set in type, and holds its words packed: minutes of work for no word.
_PDF = re.compile(r"\.pdf$")
_ENDLESS = {"live_api.SittingStream"}


@dataclass
class Matrix:
    """A zone with its secrets, and the site that is asked about them."""

    app: Flask
    planting: Planting
    things: dict[str, Any]
    secrets: dict[str, Secret]

    @property
    def make(self) -> Factory:
        """The zone's factory."""
        return self.planting.make

    @cached_property
    def rules(self) -> list[Rule]:
        """Every address that is read."""
        return [rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ())]

    @cached_property
    def classes(self) -> dict[str, str]:
        """What each endpoint is, as the table has it."""
        return dict(line.split() for line in TABLE.read_text().splitlines() if line)

    def paths(self) -> Iterator[tuple[str, str]]:
        """Every address with its rule: as it stands, and about each secret that it can be about."""
        for rule in self.rules:
            tried = set()
            if rule.endpoint in _ENDLESS or _PDF.search(rule.rule):
                continue
            for things in ({}, *(secret.things for secret in self.secrets.values())):
                if things and not things.keys() & rule.arguments:
                    continue
                for path in self._asked(rule, {**self.things, **things}):
                    if path not in tried:
                        tried.add(path)
                        yield rule.rule, path

    def _asked(self, rule: Rule, things: Mapping[str, Any]) -> Iterator[str]:
        if "/export/" in rule.rule:
            things = {**things, "kind": "csv"}
        values = {name: things[name] for name in rule.arguments}
        path = self.app.url_map.bind("localhost").build(rule.endpoint, values, method="GET")
        place = f"zone={things['zone']}&cycle={things['cycle']}" if "/api/" in path else ""
        yield f"{path}?{place}" if place else path
        if self.classes[rule.endpoint] == "search":
            yield f"{path}?q={SHARED}&text={SHARED}+pubblica&{place or 'zone=' + things['zone']}"

    def answers(self, reader: Actor) -> Iterator[tuple[str, str]]:
        """What the site answers somebody: the rule of an address, and the words of the answer."""
        browser = FlaskClient(self.app, self.app.response_class)
        headers = {}
        if reader.person_id is not None:
            self.make.sign_in(browser, reader)
            with self.make.database.transaction(SYSTEM) as tx:
                key = create_token(tx, person_id=reader.person_id, label="Prova")
            headers = {"Authorization": f"Bearer {key}"}
        for rule, path in self.paths():
            sent = headers if path.startswith("/api/") else {}
            answer = browser.get(path, headers=sent)
            if answer.status_code >= 500:
                yield rule, f"status {answer.status_code}"
            yield rule, words_of(answer)
            answer.close()


def words_of(answer: TestResponse) -> str:
    """All that an answer says, with what is packed in it; where it leads too."""
    content = answer.get_data()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    elif content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    return f"{answer.location or ''}\n{content.decode(errors='replace')}"


@pytest.fixture(scope="module")
def matrix(
    engine: Engine, shared_app: Flask, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Matrix]:
    """One of everything in a zone beside its secrets; nothing is undone in between."""
    directory = tmp_path_factory.mktemp("things")
    with engine.connect() as connection:
        outer = connection.begin()
        database = undone_database(connection, MemoryKeys())
        with borrowed(shared_app, database) as app:
            make, other = Factory(database), Factory(database, name="Distretto di Altrove")
            planting = Planting(make, other, directory)
            # Before minutes circulate.
            secrets = {
                **planting.secrets(),
                **moderated_secrets(planting),
                **prepared_secrets(planting),
            }
            assert len({secret.word for secret in secrets.values()}) == len(secrets)
            things = {**BESIDE, **one_of_everything(make, directory)}
            yield Matrix(app, planting, things, secrets)
        outer.rollback()


@pytest.fixture(scope="module")
def found(matrix: Matrix) -> dict[str, dict[str, set[str]]]:
    """Where each reader came upon each secret: the rules of addresses."""
    came_upon: dict[str, dict[str, set[str]]] = {}
    for name, make_reader in READERS.items():
        seen: dict[str, set[str]] = {secret: set() for secret in matrix.secrets}
        for rule, text in matrix.answers(make_reader(matrix.planting)):
            for secret in matrix.secrets:
                if matrix.secrets[secret].word in text:
                    seen[secret].add(rule)
            if re.fullmatch(r"status 5\d\d", text):
                seen.setdefault("faults", set()).add(rule)
        came_upon[name] = seen
    return came_upon


@pytest.mark.timeout(900)
def test_nobody_comes_upon_what_is_not_theirs(
    matrix: Matrix, found: dict[str, dict[str, set[str]]]
) -> None:
    leaks = [
        f"{reader}: {name} at {rule}"
        for reader, seen in found.items()
        for name, rules in seen.items()
        for rule in sorted(rules)
        if not is_open(matrix.secrets.get(name), reader, rule)
    ]
    assert leaks == [], "\n".join(leaks)


def is_open(secret: Secret | None, reader: str, rule: str) -> bool:
    """Whether a reader may read a secret at an address; False for a fault, which is none."""
    if secret is None:
        return False
    return rule.startswith(secret.open_at) or reader in secret.may


def test_who_may_comes_upon_it(matrix: Matrix, found: dict[str, dict[str, set[str]]]) -> None:
    """Otherwise the matrix would prove nothing: what is planted stands where it is looked for."""
    unseen = {
        name
        for name, secret in matrix.secrets.items()
        if secret.may and not any(found[reader][name] for reader in secret.may)
    }
    assert unseen == set()


def test_a_search_comes_upon_what_is_public(
    matrix: Matrix, found: dict[str, dict[str, set[str]]]
) -> None:
    searches = {rule.rule for rule in matrix.rules if matrix.classes[rule.endpoint] == "search"} - {
        "/api/v1/proposals/similar"
    }
    assert {"/cerca", "/api/v1/search"} <= searches
    assert {"/cerca", "/api/v1/search"} <= found["visitor"]["public comment"]


def test_notices_come_upon_what_is_public(found: dict[str, dict[str, set[str]]]) -> None:
    """Else nothing would prove that they keep what was hidden after it was told."""
    assert {"/avvisi", "/api/v1/notices"} <= found["participant"]["public comment"]


def test_every_address_has_its_class(matrix: Matrix) -> None:
    """Say of a new address what it is, in `leaks.txt`: then it is asked as such, by everybody."""
    assert set(matrix.classes.values()) <= CLASSES
    assert {rule.endpoint for rule in matrix.rules} == matrix.classes.keys()


def test_no_frame_tells_a_secret(matrix: Matrix) -> None:
    """What the dispatcher tells rooms of all that has happened here."""
    with matrix.make.database.snapshot() as session:
        entries = log.read_forward(session, after=0, limit=100_000)
        told = json.dumps([repr(frame) for frame in frames.entry_frames(session, entries)])
    assert "comment.written" in told
    secret = [
        name
        for name, one in matrix.secrets.items()
        if one.word in told and name not in {"public comment", *REHEARSED}
    ]
    assert secret == []


def test_no_mail_tells_a_secret(matrix: Matrix) -> None:
    """Of all mails that are owed here, none has more than who gets it may read."""
    told = []
    with matrix.make.database.transaction(SYSTEM) as tx, matrix.app.test_request_context():
        for mail in tx.session.scalars(select(Mail)).all():
            letter = WRITERS[mail.kind](tx, mail, "https://zone.example")
            told.append(repr(letter))
    written = "\n".join(told)
    assert len(told) > 0
    assert [name for name, one in matrix.secrets.items() if one.word in written] in (
        [], ["address of an account"],  # the letter to it
    )  # fmt: skip
