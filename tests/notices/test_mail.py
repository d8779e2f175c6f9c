"""Mail: owed by a command, handed over once, tried again, and never named in a log."""

from __future__ import annotations

import stat
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from redis import Redis
from structlog.testing import capture_logs

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.mail import outbox as mail_outbox
from consultazione.core.mail.outbox import Mail, MailState, owe
from consultazione.mail_server import MailServer
from consultazione.notices.kinds import NAMES, WRITERS
from consultazione.notices.letters import Letter
from tests.support.factories import Factory
from tests.support.smtp_server import Postbox
from workers import job_runner
from workers.loops.reminders import Reminders
from workers.mail.delivery import REMINDER
from workers.mail.envelope import CannotAddress, compose
from workers.queue import open_queue
from workers.reminder_job import reminder_of


@pytest.fixture
def mail(make: Factory, database: Database) -> Mail:
    """A mail that is owed to Anna."""
    person = make.person(email="anna@example.org", display_name="Anna <b>")
    with database.transaction(SYSTEM) as tx:
        return owe(tx, "password_changed", person_id=person.id)


def deliver(database: Database, mail: Mail) -> Mail:
    job_runner.perform(database, REMINDER, mail.id)
    with database.snapshot() as session:
        return session.get_one(Mail, mail.id)


def test_a_mail_reaches_its_reader_once_and_its_address_is_forgotten(
    postbox: Postbox, database: Database, mail: Mail
) -> None:
    assert deliver(database, mail).state is MailState.SENT
    assert deliver(database, mail).attempts == 1
    (message,) = postbox.messages
    assert postbox.recipients == [["anna@example.org"]]
    assert message["To"] == "anna@example.org"
    assert message["From"] == "Distretto di prova <partecipa@example.org>"
    assert message["Subject"] == "La tua password è stata cambiata"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Date"].datetime == mail.owed_at.replace(microsecond=0)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "Anna <b>" in text.get_content()
    assert "Anna &lt;b&gt;" in html.get_content()


def test_a_reader_of_english_gets_english(
    postbox: Postbox, make: Factory, database: Database
) -> None:
    person = make.person()
    with database.transaction(SYSTEM) as tx:
        mail = owe(tx, "password_changed", person_id=person.id, language="en")
    deliver(database, mail)
    assert postbox.messages[0]["Subject"] == "Your password was changed"
    assert postbox.messages[0]["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        ("451 try later", MailState.OWED, "SMTPRecipientsRefused 451"),
        ("550 no such box", MailState.FAILED, "SMTPRecipientsRefused 550"),
    ],
)
def test_a_refusal_is_noted_by_its_code_and_tried_again_unless_it_is_final(
    postbox: Postbox, database: Database, mail: Mail, answer: str, state: MailState, error: str
) -> None:
    postbox.answer = answer
    with capture_logs() as lines:
        refused = deliver(database, mail)
    assert (refused.state, refused.error) == (state, error)
    assert lines == [
        {"event": "mail failed", "log_level": "warning", "mail": mail.id, "error": error}
    ]
    postbox.answer = ""
    assert deliver(database, mail).state is (MailState.SENT if state is MailState.OWED else state)


@pytest.mark.parametrize("command", ["MAIL", "DATA"])
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("451 later", MailState.OWED),
        ("552 too much", MailState.FAILED),
        ("530 sign in first", MailState.OWED),  # of the settings, not of the mail
    ],
)
def test_what_a_server_refuses_for_good_is_given_up_whatever_it_refuses(
    postbox: Postbox, database: Database, mail: Mail, command: str, answer: str, state: MailState
) -> None:
    postbox.answers[command] = answer
    assert deliver(database, mail).state is state


def test_a_mail_that_was_taken_is_sent_whatever_follows(
    postbox: Postbox, database: Database, mail: Mail
) -> None:
    postbox.answers["QUIT"] = "421 going down"
    assert deliver(database, mail).state is MailState.SENT
    assert len(postbox.messages) == 1


def test_a_server_that_is_away_is_asked_less_and_less_often_until_it_is_given_up(
    make: Factory, database: Database, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("MAIL_FROM", "partecipa@example.org")
    delays = []
    for _attempt in range(mail_outbox.MOST_ATTEMPTS):
        tried = deliver(database, mail)
        with database.transaction(SYSTEM) as tx:
            delays.append((tried.due_at - tx.now) / timedelta(seconds=1))
    assert [round(delay) for delay in delays[:3]] == [30, 60, 120]
    assert max(delays) <= 3600
    assert (tried.state, tried.error) == (MailState.FAILED, "ConnectionRefusedError")


def test_without_a_server_a_mail_is_kept_where_only_the_site_reads_it(
    database: Database, mail: Mail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("SMTP_URL", raising=False)
    assert deliver(database, mail).state is MailState.KEPT
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{mail.id}.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert kept["To"] == "anna@example.org"


def test_nobody_writes_to_an_account_that_is_blocked(
    postbox: Postbox, make: Factory, database: Database, mail: Mail
) -> None:
    with database.transaction(SYSTEM) as tx:
        person = tx.session.get_one(type(make.person()), mail.person_id)
        person.blocked_at, person.blocked_reason = tx.now, "asked for"
    assert deliver(database, mail).state is MailState.DROPPED
    assert postbox.messages == []


def test_a_header_of_two_lines_is_refused(mail: Mail) -> None:
    letter = Letter("anna@example.org", "Hello\r\nBcc: all@example.org", [], "why")
    with pytest.raises(CannotAddress, match="not one line"):
        compose(letter, mail, sender="partecipa@example.org", public_url="https://x.example")


@pytest.mark.parametrize("login", [(), ("anna", "secret")])
def test_nothing_leaves_this_machine_without_encryption(
    postbox: Postbox,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    mail: Mail,
    login: tuple[str, ...],
) -> None:
    monkeypatch.setattr(MailServer, "is_here", False)
    where = postbox.url.removeprefix("smtp://")
    monkeypatch.setenv("SMTP_URL", f"smtp://{':'.join(login)}{'@' * bool(login)}{where}")
    refused = deliver(database, mail)
    assert (refused.state, refused.error) == (MailState.OWED, "NoEncryption")
    assert postbox.messages == []


def test_the_dispatcher_reminds_a_worker_of_a_mail_that_is_due(
    database: Database, valkey_url: str, mail: Mail
) -> None:
    with Redis.from_url(valkey_url) as redis:
        redis.flushall()
        queue = open_queue(redis)
        for _turn in range(2):
            Reminders(database, queue).turn()
        assert [reminder_of(job) for job in queue.jobs] == [(REMINDER, mail.id)]


def test_every_kind_has_a_writer_and_a_name() -> None:
    assert WRITERS.keys() == NAMES.keys()
