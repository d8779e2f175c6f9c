"""What is noted for those who look for an attack, and what is not."""

from __future__ import annotations

import json
import logging
import multiprocessing
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from consultazione import events
from consultazione.config import ROOT
from consultazione.core.actor import Role
from consultazione.core.events import registry
from consultazione.live.server import create_socketio
from consultazione.operations.labels import KIND_NAMES
from consultazione.web.oversight.security_log import (
    RECORDED,
    STREAM,
    Kind,
    SecurityLog,
    _handler,
)
from tests.support.factories import PASSWORD as PASSWORD_OF_ALL
from tests.support.factories import Factory
from tests.support.rest_program import Program
from tests.support.socketio_browser import Browser

assert events.ALL

PASSWORD = "a password that is nobody's"


class Notes:
    """The lines of a test."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def text(self) -> str:
        return self._path.read_text() if self._path.exists() else ""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def kinds(self) -> list[str]:
        return [line["kind"] for line in self.lines]


@pytest.fixture
def notes(app: Flask, tmp_path: Path) -> Notes:
    """A security log of the test's own."""
    redis: Redis = app.extensions["redis"]
    redis.delete(STREAM)
    path = tmp_path / "security.log"
    app.extensions["security_log"] = SecurityLog(path, redis)
    return Notes(path)


def sign_in(client: FlaskClient, email: str, password: str) -> None:
    client.post("/accedi", data={"email": email, "password": password})


def test_failed_and_right_sign_ins_are_noted_without_what_was_typed(
    client: FlaskClient, make: Factory, notes: Notes
) -> None:
    make.person(email="anna@example.org")
    sign_in(client, "anna@example.org", PASSWORD)
    sign_in(client, "ANNA@example.org ", PASSWORD)
    sign_in(client, "nora@example.org", PASSWORD)
    sign_in(client, "anna@example.org", PASSWORD_OF_ALL)
    assert notes.kinds() == ["sign_in.failed"] * 3 + ["sign_in.done"]
    assert notes.lines[-1]["person"]
    accounts = [line["account"] for line in notes.lines[:-1]]
    assert accounts[0] == accounts[1] != accounts[2]
    assert all(line["address"] == "127.0.0.1" for line in notes.lines)
    for secret in (PASSWORD, "example.org", "anna"):
        assert secret not in notes.text.lower()


def test_what_roles_do_not_allow_is_noted_with_the_person(
    client: FlaskClient, make: Factory, notes: Notes
) -> None:
    citizen = make.citizen()
    assert make.zone.id
    make.sign_in(client, citizen)
    assert client.get("/amministrazione/ruoli?segreto=1").status_code == 403
    (line,) = notes.lines
    assert (line["kind"], line["person"]) == ("request.forbidden", citizen.person_id)
    assert line["path"] == f"{make.at}/amministrazione/ruoli"


def test_what_the_room_does_not_allow_is_noted_with_the_person(
    app: Flask, client: FlaskClient, make: Factory, notes: Notes
) -> None:
    sitting, citizen = make.sitting(), make.citizen()
    make.presided(sitting)
    make.sign_in(client, citizen)
    browser = Browser(app, create_socketio(app, queue=False), client)
    assert browser.ask("sitting.close", {"sitting": sitting.id})["error"] == "not_allowed"
    assert browser.ask("sitting.close", {})["error"] == "invalid"
    (line,) = (line for line in notes.lines if line["kind"] == "request.forbidden")
    assert line["person"] == citizen.person_id
    assert line["subject"] == {"message": "sitting.close"}


def test_a_role_is_noted_with_its_entry_and_the_address(
    client: FlaskClient, make: Factory, notes: Notes
) -> None:
    make.person(email="anna@example.org")
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    client.post("/amministrazione/ruoli", data={"email": "anna@example.org", "role": "facilitator"})
    (line,) = notes.lines
    assert line["kind"] == "role.given"
    assert line["subject"]["stream"].startswith("zone:")


def test_the_use_of_a_token_is_noted_once_and_a_wrong_one_each_time(
    client: FlaskClient, make: Factory, notes: Notes
) -> None:
    program = Program(client, make, make.citizen())
    for _time in range(3):
        client.get("/api/v1/me", headers=program.headers)
    for _time in range(2):
        client.get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})
    assert notes.kinds() == ["token.used", "token.refused", "token.refused"]
    assert [line["person"] is None for line in notes.lines] == [False, True, True]
    assert program.headers["Authorization"].removeprefix("Bearer ") not in notes.text


def test_a_form_without_its_mark_is_noted(app: Flask, make: Factory, notes: Notes) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = make.sign_in(app.test_client(), make.citizen())
    assert client.post("/esci").status_code == 400
    assert notes.kinds() == ["request.forged"]


def test_a_flood_is_noted_in_part_and_says_so(
    client: FlaskClient, make: Factory, notes: Notes
) -> None:
    assert make.zone.id
    make.sign_in(client, make.citizen())
    for _time in range(40):
        client.get("/amministrazione/ruoli")
    assert len(notes.lines) == 30
    assert ["more" in line for line in notes.lines] == [False] * 29 + [True]


def test_without_redis_the_file_has_the_line(
    app: Flask, client: FlaskClient, make: Factory, tmp_path: Path
) -> None:
    away = Redis.from_url("redis://127.0.0.1:1/0")
    app.extensions["security_log"] = SecurityLog(tmp_path / "away.log", away)
    assert make.zone.id
    make.sign_in(client, make.citizen())
    assert client.get("/amministrazione/ruoli").status_code == 403
    assert Notes(tmp_path / "away.log").kinds() == ["request.forbidden"]


def test_an_administrator_reads_the_newest_lines(
    app: Flask, client: FlaskClient, make: Factory, notes: Notes
) -> None:
    assert make.zone.id
    sign_in(app.test_client(), "nora@example.org", PASSWORD)
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    page = client.get("/amministrazione/sicurezza").text
    assert "Indirizzo o password sbagliati" in page
    assert notes.lines[0]["account"] in page
    assert "Nulla di questo genere" in client.get("/amministrazione/sicurezza?tipo=token.used").text


@pytest.mark.parametrize("role", [Role.PLAN_OFFICE, Role.FACILITATOR, Role.COORDINATOR])
def test_nobody_else_reads_it(client: FlaskClient, make: Factory, role: Role) -> None:
    make.sign_in(client, make.holder(role))
    assert client.get("/amministrazione/sicurezza").status_code == 403


@pytest.mark.parametrize("before", ["-", "+", "0", "a-b", "9" * 40, "1-1"])
def test_any_address_of_the_page_is_answered(
    client: FlaskClient, make: Factory, before: str
) -> None:
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    answer = client.get("/amministrazione/sicurezza", query_string={"prima": before})
    assert answer.status_code == 200
    assert "non si possono leggere" not in answer.text


def _write(path: Path, name: str) -> None:
    handler = _handler(path, largest=400)
    for number in range(100):
        handler.handle(logging.makeLogRecord({"msg": f"{name}-{number:03}"}))
    handler.close()


def test_no_line_is_lost_while_the_file_is_rotated_under_two_processes(tmp_path: Path) -> None:
    path = tmp_path / "security.log"
    spawned = multiprocessing.get_context("spawn")
    writers = [spawned.Process(target=_write, args=(path, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    files = [file for file in tmp_path.iterdir() if file.name.startswith("security.log")]
    written = sorted(line for file in files for line in file.read_text().splitlines())
    assert len(files) > 1
    assert written == sorted(f"{name}-{number:03}" for name in "ab" for number in range(100))


def test_each_kind_is_documented_named_and_real() -> None:
    manual = (ROOT / "docs" / "security-log.md").read_text()
    for kind in Kind:
        assert f"| `{kind}` | {kind.meaning} |" in manual
    assert {name for name in RECORDED if f"`{name}`" in manual} == RECORDED
    assert set(registry()) >= RECORDED
    assert set(KIND_NAMES) == {*Kind, *RECORDED}
    assert re.findall(r"^\| `(\S+)`", manual, re.MULTILINE)
