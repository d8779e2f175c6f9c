"""Equal submissions at once: a tap on a slow line, tapped again, is one act."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from consultazione.comments.models import Comment
from consultazione.config import ROOT
from consultazione.core import clock, idempotency
from consultazione.core.actor import Role
from consultazione.core.columns import Base
from consultazione.core.db import Database
from consultazione.core.idempotency import DoneAct
from consultazione.proposals.models import Proposal
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.polls.rules import Rules
from consultazione.tables.models import Material
from tests.support.applications import borrowed
from tests.support.factories import PASSWORD, Factory
from tests.support.final_commits import final_commits
from tests.support.rest_program import Program
from tests.support.upload_samples import PDF

TEMPLATES = ROOT / "templates"
TYPED = {"title": "Sportello unico", "body": "Uno sportello in ogni Comune, aperto la sera."}
KEY = {"Idempotency-Key": '"a8f3-first-try"'}


@pytest.fixture
def database(engine: Engine) -> Iterator[Database]:
    """Commits are real: what is sent at once meets in the database."""
    with final_commits(engine) as database:
        yield database


@pytest.fixture
def app(shared_app: Flask, database: Database) -> Iterator[Flask]:
    with borrowed(shared_app, database) as app:
        yield app


def at_once(
    app: Flask, times: int, send: Callable[[FlaskClient], TestResponse]
) -> list[TestResponse]:
    """What so many clients are answered that send at the same moment."""
    start, answers = threading.Barrier(times), []

    def run() -> None:
        client = app.test_client()
        start.wait()
        answers.append(send(client))

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def count(database: Database, model: type[Base]) -> int:
    with database.snapshot() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def key_of(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    return found[1]


class Browser:
    """One signed-in browser, whose requests may come at the same moment."""

    def __init__(self, app: Flask, make: Factory) -> None:
        self.app = app
        self.client = app.test_client()
        make.sign_in(self.client, make.citizen())
        self.cookie = self.client.get_cookie("consultazione")

    def post(self, client: FlaskClient, path: str, fields: dict[str, str]) -> TestResponse:
        assert self.cookie is not None
        client.set_cookie("consultazione", self.cookie.value)
        return client.post(path, data=fields)


def test_six_equal_forms_are_one_proposal(app: Flask, make: Factory, database: Database) -> None:
    table, browser = make.table(), Browser(app, make)
    path = f"/tavoli/{table.slug}/proposte/nuova"
    typed = {**TYPED, "once": key_of(browser.client.get(path).text)}
    answers = at_once(app, 6, lambda client: browser.post(client, path, typed))
    assert count(database, Proposal) == 1
    assert {(answer.status_code, answer.location) for answer in answers} == {
        (302, answers[0].location)
    }
    assert answers[0].location.startswith("/proposte/")


def test_a_repeat_says_what_the_first_said(app: Flask, make: Factory) -> None:
    table, browser = make.table(), Browser(app, make)
    path = f"/tavoli/{table.slug}/proposte/nuova"
    typed = {**TYPED, "once": key_of(browser.client.get(path).text)}
    said = []
    for _time in range(2):
        answer = browser.client.post(path, data=typed)
        page = browser.client.get(answer.location).text
        said.append(re.findall(r'class="alert alert-success[^>]*>\s*([^<]+)', page))
    assert said[0]
    assert said[0] == said[1]


def test_the_same_form_with_other_words_is_another_act(
    app: Flask, make: Factory, database: Database
) -> None:
    """Somebody goes back in the browser's history and writes a second proposal."""
    table, browser = make.table(), Browser(app, make)
    path = f"/tavoli/{table.slug}/proposte/nuova"
    key = key_of(browser.client.get(path).text)
    for title in ("La prima proposta", "La seconda proposta"):
        browser.client.post(path, data={**TYPED, "title": title, "once": key})
    assert count(database, Proposal) == 2


def test_a_refused_form_may_be_sent_again_with_its_key(
    app: Flask, make: Factory, database: Database
) -> None:
    table, browser = make.table(), Browser(app, make)
    path = f"/tavoli/{table.slug}/proposte/nuova"
    key = key_of(browser.client.get(path).text)
    refused = browser.client.post(path, data={**TYPED, "title": "Sì", "once": key})
    assert refused.status_code == 422
    assert count(database, DoneAct) == 0
    assert browser.client.post(path, data={**TYPED, "once": key}).status_code == 302


def test_six_equal_requests_of_a_program_are_one_proposal_and_one_comment(
    app: Flask, make: Factory, database: Database
) -> None:
    table = make.table()
    headers = Program(app.test_client(), make, make.citizen()).headers | KEY
    path, body = "/api/v1/proposals", {**TYPED, "table_id": table.id}
    sent = at_once(app, 6, lambda client: client.post(path, json=body, headers=headers))
    assert {answer.status_code for answer in sent} == {201}
    assert len({answer.text for answer in sent}) == 1
    assert count(database, Proposal) == 1
    path = f"/api/v1/proposals/{sent[0].json['id']}/comments"  # type: ignore[index]
    said = {"body": "Con un'apertura serale sarebbe perfetto.", "position": "in_favour"}
    sent = at_once(
        app,
        6,
        lambda client: client.post(
            path, json=said, headers={**headers, "Idempotency-Key": "another"}
        ),
    )
    assert {answer.status_code for answer in sent} == {201}
    assert len({answer.text for answer in sent}) == 1
    assert count(database, Comment) == 1


def test_a_programs_key_stands_for_one_content(app: Flask, make: Factory) -> None:
    table, client = make.table(), app.test_client()
    headers = Program(client, make, make.citizen()).headers | KEY
    path, body = "/api/v1/proposals", {**TYPED, "table_id": table.id}
    assert client.post(path, json=body, headers=headers).status_code == 201
    other = client.post(path, json={**body, "title": "Un'altra cosa"}, headers=headers)
    assert other.status_code == 422
    assert other.mimetype == "application/problem+json"


@pytest.mark.parametrize("key", ["", '""', "x" * 256])
def test_a_key_that_cannot_be_one_is_refused(app: Flask, make: Factory, key: str) -> None:
    table, client = make.table(), app.test_client()
    headers = Program(client, make, make.citizen()).headers | {"Idempotency-Key": key}
    body = {**TYPED, "table_id": table.id}
    answer = client.post("/api/v1/proposals", json=body, headers=headers)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json["errors"]  # type: ignore[index]


def test_two_persons_may_use_one_key(app: Flask, make: Factory, database: Database) -> None:
    table, client = make.table(), app.test_client()
    for _person in range(2):
        headers = Program(client, make, make.citizen()).headers | KEY
        body = {**TYPED, "table_id": table.id}
        assert client.post("/api/v1/proposals", json=body, headers=headers).status_code == 201
    assert count(database, Proposal) == 2


def test_nothing_that_was_written_stays_with_the_key(
    app: Flask, make: Factory, database: Database
) -> None:
    """Neither the key itself, which would let somebody try contents, nor a text."""
    table, browser = make.table(), Browser(app, make)
    path = f"/tavoli/{table.slug}/proposte/nuova"
    key = key_of(browser.client.get(path).text)
    browser.client.post(path, data={**TYPED, "once": key})
    with database.snapshot() as session:
        (kept,) = session.scalars(select(DoneAct))
        whole = f"{kept.key} {kept.content.hex()} {kept.answer}"
    assert "Sportello" not in whole
    assert key not in whole


def test_a_page_with_a_secret_is_not_kept(app: Flask, make: Factory, database: Database) -> None:
    """The page that shows an API key shows it once; a repeat makes no second one."""
    browser = Browser(app, make)
    typed = {
        "label": "Statistica",
        "scopes": "read",
        "once": key_of(browser.client.get("/profilo").text),
    }
    page = {"Referer": "http://localhost/profilo"}
    first = browser.client.post("/profilo/chiavi", data=typed, headers=page)
    again = browser.client.post("/profilo/chiavi", data=typed, headers=page)
    assert first.status_code == 200
    assert again.status_code == 303
    assert "è già arrivato" in browser.client.get(again.location).text
    with database.snapshot() as session:
        (kept,) = session.scalars(select(DoneAct))
        assert kept.answer == {"status": 200}


def test_a_refused_form_may_be_sent_again_whenever_the_sign_in_is_noted(
    app: Flask, make: Factory, database: Database
) -> None:
    """To write down that a sign-in is in use must not use up the form's key."""
    browser = make.sign_in(app.test_client(), make.holder(Role.ADMINISTRATOR))
    path = "/amministrazione/organizzazioni"
    typed = {"name": make.organisation().name, "category": "union"}
    typed["once"] = key_of(browser.get(path).text)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        seen = [browser.post(path, data=typed).status_code for _ in range(2)]
    assert seen == [422, 422]
    with database.snapshot() as session:
        assert session.scalars(select(DoneAct)).all() == []


# Forms that write nothing that could be doubled, or whose message has a key of its own.
KEYLESS = {
    "chrome/languages.html": 1,  # a language is chosen, not added
    "chrome/profile_menu.html": 1,  # signing out twice is signing out
    "sittings/receipts.html": 1,  # looks a receipt up
    "sittings/video.html": 1,  # agrees to a site, in the cookie
    "sittings/text.html": 2,  # messages of the room, with `key`
    "sittings/text_chat.html": 1,
    "sittings/text_record.html": 1,
    "sharing/budget_answer.html": 1,  # one answer a person, which a second replaces
    "opinions/macros.html": 1,  # the same, and nothing of what one thinks is kept beside it
    "surveys/show.html": 1,  # the same
    "outcomes/summary.html": 1,  # leads back to the form
    "verification/verify.html": 1,  # looks at a file, and keeps nothing
}


def test_every_form_of_a_page_carries_a_key() -> None:
    keyless = {
        str(path.relative_to(TEMPLATES)): missing
        for path in TEMPLATES.rglob("*.html")
        if (missing := sum("once_field()" not in form for form in _forms(path.read_text())))
    }
    assert keyless == KEYLESS


def _forms(template: str) -> list[str]:
    """What stands between the tags of each form that is posted."""
    return re.findall(r'<form[^>]*method="post".*?</form>', template, re.DOTALL)


def test_no_choice_follows_from_the_key_of_a_ballot(
    app: Flask, make: Factory, database: Database
) -> None:
    """A program may choose a key that is easily guessed; the ballot must not be tried out by it."""
    sitting = make.sitting()
    chair, voter = make.presided(sitting), make.present(sitting)
    with database.transaction(chair) as tx:
        poll_id = open_poll(tx, sitting_id=sitting.id, question="Chi?", rules=Rules(secret=True)).id
    headers = Program(app.test_client(), make, voter).headers | {"Idempotency-Key": "1"}
    kept = set()
    for choice in ("yes", "no", "abstain"):
        with database.transaction(voter) as tx:
            tx.session.execute(delete(DoneAct))
        sent = {"choice": choice}
        path = f"/api/v1/polls/{poll_id}/ballot"
        assert app.test_client().put(path, json=sent, headers=headers).status_code == 204
        with database.snapshot() as session:
            (act,) = session.scalars(select(DoneAct))
            kept.add((act.key, act.content, str(act.answer)))
    assert len(kept) == 1


def test_an_answer_that_cannot_be_kept_does_not_spoil_what_was_done(
    app: Flask, make: Factory, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("away"))

    monkeypatch.setattr(idempotency, "keep_answer", away)
    table, browser = make.table(), Browser(app, make)
    path = f"/tavoli/{table.slug}/proposte/nuova"
    typed = {**TYPED, "once": key_of(browser.client.get(path).text)}
    assert browser.client.post(path, data=typed).status_code == 302
    headers = Program(app.test_client(), make, make.citizen()).headers | KEY
    body = {**TYPED, "table_id": table.id}
    sent = app.test_client().post("/api/v1/proposals", json=body, headers=headers)
    assert sent.status_code == 201
    assert count(database, Proposal) == 2


def test_a_password_that_is_changed_twice_with_one_form_is_changed_once(
    app: Flask, make: Factory
) -> None:
    browser = Browser(app, make)
    typed = {
        "password": PASSWORD,
        "new_password": "quattro cavalli verdi al mercato",
        "once": key_of(browser.client.get("/profilo").text),
    }
    answers = [browser.client.post("/profilo/password", data=typed) for _time in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(302, "/profilo")] * 2


def test_another_file_in_the_same_form_is_another_act(
    app: Flask, make: Factory, database: Database
) -> None:
    """Somebody goes back, and chooses the corrected file."""
    table, browser = make.table(), app.test_client()
    make.sign_in(browser, make.holder(Role.FACILITATOR))
    path = f"/tavoli/{table.slug}/materiali/nuovo"
    key = key_of(browser.get(path).text)
    for content in (PDF, PDF + b"% corrected"):
        typed = {"title": "Relazione", "once": key, "file": (BytesIO(content), "relazione.pdf")}
        assert browser.post(path, data=typed).status_code == 302
    assert count(database, Material) == 2


@pytest.mark.parametrize("referrer", ["http://[::1", "http://localhost//evil.example/x"])
def test_a_repeat_leads_nowhere_else(app: Flask, make: Factory, referrer: str) -> None:
    browser = Browser(app, make)
    typed = {"label": "Statistica", "once": key_of(browser.client.get("/profilo").text)}
    for _time in range(2):
        page = {"Referer": referrer}
        answer = browser.client.post("/profilo/chiavi", data=typed, headers=page)
    assert answer.location in ("/", None)
    assert answer.status_code in (303, 422)
    assert (
        app.test_client().post("/profilo/password", headers={"Referer": referrer}).status_code
        == 302
    )
