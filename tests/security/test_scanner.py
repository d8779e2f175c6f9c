"""Files are looked at by a virus scanner where there is one, and not taken without its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consultazione.config import BadSetting, read_settings
from consultazione.core.actor import Role
from consultazione.core.db import Database
from consultazione.tables.models import Material
from consultazione.web.oversight import security_log
from tests.support.factories import Factory
from tests.support.fake_clamd import EICAR, FakeClamd, fake_clamd
from tests.support.upload_samples import PDF, PNG


@pytest.fixture
def clamd(app: Flask, services_dir: Path) -> Iterator[FakeClamd]:
    """A scanner, and an application that asks it."""
    path = services_dir / "clamd.sock"
    with fake_clamd(path) as clamd:
        configure(app, clamd.address)
        yield clamd
    path.unlink()


def configure(app: Flask, address: str | None) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], clamd=address)


def publish(client: FlaskClient, make: Factory, content: bytes) -> TestResponse:
    """The answer to a facilitator who publishes a PDF."""
    table = make.table()
    make.sign_in(client, make.holder(Role.FACILITATOR))
    file = BytesIO(content), "relazione.pdf"
    return client.post(
        f"/tavoli/{table.slug}/materiali/nuovo", data={"title": "Relazione", "file": file}
    )


def published(database: Database) -> int:
    with database.snapshot() as session:
        return session.scalar(select(func.count()).select_from(Material)) or 0


def test_a_clean_file_is_seen_whole_and_published(
    client: FlaskClient, make: Factory, database: Database, clamd: FakeClamd
) -> None:
    content = PDF + bytes(200_000)
    assert publish(client, make, content).status_code == 302
    assert clamd.seen == [content]
    assert published(database) == 1


def test_an_infected_file_is_refused_and_not_stored(
    app: Flask, client: FlaskClient, make: Factory, database: Database, clamd: FakeClamd
) -> None:
    answer = publish(client, make, PDF + EICAR)
    assert answer.status_code == 422
    assert "antivirus" in answer.text
    assert published(database) == 0
    stored = app.extensions["settings"].uploads_dir.rglob("*")
    assert not any(EICAR in path.read_bytes() for path in stored if path.is_file())


def test_an_infected_figure_of_the_plan_is_refused_and_noted(
    client: FlaskClient, make: Factory, clamd: FakeClamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[Any] = []
    monkeypatch.setattr(security_log.SecurityLog, "write", lambda _log, line: lines.append(line))
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    figure = {"body": "Anziani.", "alt": "Crescono.", "file": (BytesIO(PNG + EICAR), "a.png")}
    answer = client.post(f"{make.here}/piano/capitoli/1/nuova-figura", data=figure)
    assert answer.status_code == 422
    assert "antivirus" in answer.text
    assert clamd.seen == [PNG + EICAR]
    assert [line["kind"] for line in lines].count(security_log.Kind.INFECTED) == 1


@pytest.mark.parametrize("reply", [b"INSTREAM size limit exceeded. ERROR", b"", b"what?"])
def test_without_a_verdict_no_file_is_taken(
    client: FlaskClient, make: Factory, database: Database, clamd: FakeClamd, reply: bytes
) -> None:
    clamd.reply = reply
    assert publish(client, make, PDF).status_code == 503
    assert published(database) == 0


def test_a_scanner_that_is_away_is_named(
    app: Flask, client: FlaskClient, make: Factory, database: Database
) -> None:
    configure(app, "unix:///nowhere/clamd.sock")
    answer = publish(client, make, PDF)
    assert "antivirus non risponde" in answer.text
    assert published(database) == 0


@pytest.mark.parametrize(("address", "said"), [(None, "non controlla"), ("tcp://c", "controlla")])
def test_the_form_says_whether_files_are_scanned(
    app: Flask, client: FlaskClient, make: Factory, address: str | None, said: str
) -> None:
    configure(app, address)
    table = make.table()
    make.sign_in(client, make.holder(Role.FACILITATOR))
    page = client.get(f"/tavoli/{table.slug}/materiali/nuovo").text
    assert f"Questo sito {said}" in page


def test_an_address_that_is_none_stops_the_start() -> None:
    with pytest.raises(BadSetting, match="CLAMD"):
        read_settings({"CLAMD": "localhost:3310"})
