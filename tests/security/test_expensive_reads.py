"""Reads that take long: they are ended, told apart from an outage, and keep nobody else waiting."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import BoundedSemaphore, Event

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import Engine, text

from consultazione.config import Settings
from consultazione.core import db
from consultazione.core.db import Database, open_web_database
from consultazione.core.db import make_engine as db_make_engine
from consultazione.core.db_limits import VISITORS, Limits
from consultazione.web import few_at_once
from consultazione.web.request_db import snapshot
from consultazione.web.security import lift_limits, limiter
from tests.support.applications import new_app
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.keys import text_keys

FLOOD = 30


@pytest.fixture
def database(
    engine: Engine, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """The database as a web process opens it; visitors have a fraction of their time."""
    brief = replace(VISITORS, statement=0.8, transaction=1.2, kept=4, most=4, wait=0.8)
    monkeypatch.setattr(db, "VISITORS", brief)
    monkeypatch.setattr("consultazione.web.db_outage._said", {})
    made: list[Engine] = []

    def make_engine(url: str, limits: Limits) -> Engine:
        made.append(db_make_engine(url, limits))
        return made[-1]

    monkeypatch.setattr(db, "make_engine", make_engine)
    with final_commits(engine):
        yield open_web_database(postgres_url, secret="a key for tests only", text_keys=text_keys())
        for one in made:
            one.dispose()


@pytest.fixture
def app(settings: Settings, database: Database, make: Factory) -> Flask:
    """An application with a page whose statement takes five seconds."""
    assert make.zone.id
    app = new_app(settings, database)
    for path in ("/slow", "/api/v1/slow"):
        app.add_url_rule(path, f"slow {path}", lambda: take(5))
    return app


def take(seconds: float) -> str:
    snapshot().execute(text("SELECT pg_sleep(:seconds)"), {"seconds": seconds})
    return "done"


def get(app: Flask, path: str, language: str = "it") -> Response:
    return app.test_client().get(path, headers={"Accept-Language": language})


@pytest.mark.parametrize("path", ["/slow", "/api/v1/slow"])
@pytest.mark.parametrize(("language", "words"), [("it", "Riprova"), ("en", "try again")])
def test_a_statement_that_takes_too_long_is_ended(
    app: Flask, path: str, language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = get(app, path, language)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert words.lower() in answer.text.lower()
    written = capsys.readouterr()
    assert written.out.count("database limit") == 1
    assert f"slow {path}" in written.out
    assert "database away" not in written.out
    assert "Traceback" not in written.out + written.err
    assert get(app, "/").status_code == 302


def test_a_snapshot_that_is_held_too_long_costs_its_own_connection_alone(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page that has read all that it needs is sent; one that reads on is refused."""
    pids: list[int] = []

    def hold(*, reads_on: bool) -> str:
        take(0)
        Event().wait(1.8)
        return take(0) if reads_on else "rendered"

    app.add_url_rule("/reads-on", "reads on", lambda: hold(reads_on=True))
    app.add_url_rule("/renders", "renders", lambda: hold(reads_on=False))

    def pid() -> str:
        pids.append(snapshot().scalar(text("SELECT pg_backend_pid()")))
        return "seen"

    app.add_url_rule("/pid", "pid", pid)
    with ThreadPoolExecutor(2) as pool:
        held = [pool.submit(get, app, path) for path in ("/reads-on", "/renders")]
        Event().wait(0.2)
        get(app, "/pid")
        assert [one.result().status_code for one in held] == [503, 200]
    get(app, "/pid")
    assert pids[0] == pids[1]
    written = capsys.readouterr()
    assert "Traceback" not in written.out + written.err
    assert "database away" not in written.out


def test_a_flood_of_visitors_leaves_connections_for_those_who_act(
    app: Flask, make: Factory, capsys: pytest.CaptureFixture[str]
) -> None:
    table, author = make.table(), make.citizen()
    member = app.test_client()
    make.sign_in(member, author)
    written = {"title": "Sportello unico", "body": "Uno sportello in ogni Comune, di sera."}

    def act() -> list[int]:
        posted = member.post(f"/tavoli/{table.slug}/proposte/nuova", data=written)
        return [posted.status_code, member.get(posted.location).status_code]

    with ThreadPoolExecutor(FLOOD) as pool:
        flood = [pool.submit(get, app, "/slow") for _ in range(FLOOD)]
        acted = act()
        ended = {one.result().status_code for one in flood}
    assert acted == [302, 200]
    assert ended == {503}
    assert "Traceback" not in capsys.readouterr().out
    assert get(app, "/").status_code == 302


def test_a_key_that_counts_no_more_reads_as_a_visitor(app: Flask) -> None:
    client: FlaskClient = app.test_client()
    with client.session_transaction() as cookie:
        cookie["key"] = "of a sign-in that has ended"
    assert client.get("/slow").status_code == 503


@pytest.fixture
def limited(
    settings: Settings, database: Database, make: Factory, valkey_url: str
) -> Iterator[Flask]:
    """The application with its limits by sender, which other tests switch off."""
    assert make.zone.id
    yield new_app(replace(settings, testing=False), database)
    Redis.from_url(valkey_url).flushdb()  # a web process may not look for keys
    limiter.enabled = False


def test_costly_reads_are_counted_together_by_sender(limited: Flask, make: Factory) -> None:
    comment = make.comment()
    costly = (
        "/proposte?q=sportello",
        f"/proposte/{comment.proposal_id}/versioni/1",
        f"/osservazioni/{comment.id}/versioni",
        "/registro?flusso=table",
        "/api/v1/log",
        "/api/v1/proposals",
    )
    client = limited.test_client()
    answers = [client.get(path) for _ in range(11) for path in costly]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 6
    assert int(answers[-1].headers["Retry-After"]) <= 10
    assert answers[-1].get_json()["detail"] in client.get(costly[0]).text
    assert client.get("/proposte").status_code == 200
    member = limited.test_client()
    make.sign_in(member, make.citizen())
    assert member.get(costly[0]).status_code == 200


def test_limits_are_lifted_of_one_application_alone(
    limited: Flask, settings: Settings, database: Database
) -> None:
    """An archive asks more than any visitor may, in a process that may answer visitors too."""
    other = new_app(replace(settings, testing=False), database)
    lift_limits(other)
    for app, answers in ((other, {200}), (limited, {200, 429})):
        client = app.test_client()
        assert {client.get("/proposte?q=sportello").status_code for _ in range(61)} == answers


def test_a_search_waits_for_a_place_without_a_connection(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = {False: BoundedSemaphore(1), True: BoundedSemaphore(1)}
    monkeypatch.setattr(few_at_once, "_PLACES", full)
    monkeypatch.setattr(few_at_once, "_WAIT_SECONDS", 0.1)
    member = app.test_client()
    make.sign_in(member, make.citizen())
    with full[False]:
        refused = get(app, "/proposte?q=sportello", "en")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "searching" in refused.text
        assert get(app, "/proposte").status_code == 200
        assert member.get("/proposte?q=sportello").status_code == 200
    assert get(app, "/proposte?q=sportello").status_code == 200
