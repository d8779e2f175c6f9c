"""Mails go when nobody needs them: their files with their links, their lines later."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from redis import Redis
from sqlalchemy import func, select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail, owe
from consultazione.people.models import Person
from tests.support.factories import Factory
from tests.support.mails import deliver_all
from workers import job_runner
from workers.loops.mail import MailSweep
from workers.mail.sweep import REMINDER
from workers.queue import open_queue
from workers.reminder_job import reminder_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where mails are kept."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("SMTP_URL", raising=False)
    return tmp_path / "mail"


def keep(make: Factory) -> tuple[Person, str]:
    """A person to whom a mail is kept, and the name of its file."""
    person = make.person()
    with make.database.transaction(SYSTEM) as tx:
        mail = owe(tx, "password_changed", person_id=person.id)
    deliver_all(make.database)
    return person, f"{mail.id}.eml"


def sweep(database: Database, *, days: int) -> None:
    with time_machine.travel(clock.now() + timedelta(days=days)):
        job_runner.perform(database, REMINDER, 1)


def test_a_file_goes_when_its_link_is_over_and_its_line_after_three_months(
    make: Factory, database: Database, folder: Path
) -> None:
    _person, name = keep(make)
    (folder / f".{name}.77").write_text("a draft")
    (folder / "notes").write_text("of whoever runs the machine")
    sweep(database, days=2)
    assert name in {file.name for file in folder.iterdir()}
    sweep(database, days=4)
    assert [file.name for file in folder.iterdir()] == ["notes"]
    for days, lines in ((89, 1), (91, 0)):
        sweep(database, days=days)
        with database.snapshot() as session:
            assert session.scalar(select(func.count()).select_from(Mail)) == lines


def test_the_files_of_somebody_go_with_their_account(
    make: Factory, database: Database, folder: Path
) -> None:
    erased, _gone = keep(make)
    _other, stays = keep(make)
    with database.transaction(SYSTEM) as tx:
        tx.session.get_one(Person, erased.id).email = None
    sweep(database, days=0)
    assert [file.name for file in folder.iterdir()] == [stays]


def test_a_mail_that_is_being_written_stays(
    make: Factory, database: Database, folder: Path
) -> None:
    with database.transaction(SYSTEM) as tx:
        mail = owe(tx, "password_changed", person_id=make.person().id)
    folder.mkdir()
    (folder / f"{mail.id}.eml").write_text("before its commit")
    sweep(database, days=0)
    assert [file.name for file in folder.iterdir()] == [f"{mail.id}.eml"]


def test_a_worker_is_reminded_once_an_hour(valkey_url: str) -> None:
    with Redis.from_url(valkey_url) as redis:
        redis.flushall()
        queue = open_queue(redis)
        with time_machine.travel(clock.now().replace(minute=5), tick=False) as travel:
            for _turn in range(2):
                MailSweep(queue).turn()
            assert [reminder_of(job)[0] for job in queue.jobs] == [REMINDER]
            travel.shift(3600)
            MailSweep(queue).turn()
        assert len(queue.jobs) == 2
