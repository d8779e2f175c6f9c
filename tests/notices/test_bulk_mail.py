"""Mails in bulk: over one connection, each settled by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from redis import Redis
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.notices.models import Channel, Group, SubjectKind
from tests.support.factories import Factory
from tests.support.smtp_server import Postbox
from tests.support.told import Told
from workers import job_runner
from workers.loops.reminders import Reminders
from workers.mail.bulk import REMINDER
from workers.mail.transport import SMTP
from workers.queue import open_queue
from workers.reminder_job import reminder_of


@pytest.fixture
def many(make: Factory, postbox: Postbox) -> list[Actor]:
    """People to each of whom a mail is owed, of one comment."""
    told, proposal = Told(make.database), make.proposal()
    people = [make.citizen() for _number in range(7)]
    for who in people:
        told.follow(who, SubjectKind.PROPOSAL, proposal.id)
        told.choose(who, Group.DISCUSSION, Channel.AT_ONCE)
    make.comment(proposal)
    assert told.owe() == len(people)
    return people


def states(database: Database) -> list[MailState]:
    with database.snapshot() as session:
        return list(session.scalars(select(Mail.state).where(Mail.bulk).order_by(Mail.id)))


def deliver(database: Database) -> None:
    job_runner.perform(database, REMINDER, 1)


def test_they_go_over_one_connection(
    database: Database, postbox: Postbox, many: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    connections = []
    begin = SMTP.connect

    def counted(self: SMTP, *args: object, **more: object) -> object:
        connections.append(self)
        return begin(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(SMTP, "connect", counted)
    deliver(database)
    assert states(database) == [MailState.SENT] * len(many)
    assert len({message["To"] for message in postbox.messages}) == len(many)
    assert len(connections) == 1


def test_one_that_is_refused_holds_up_no_other(
    database: Database, postbox: Postbox, many: list[Actor]
) -> None:
    postbox.answer = "451 later"
    deliver(database)
    assert states(database) == [MailState.OWED] * len(many)
    deliver(database)
    assert postbox.messages == []  # each is due later
    postbox.answer = ""
    with time_machine.travel(clock.now().timestamp() + 3600):
        deliver(database)
        deliver(database)
    assert states(database) == [MailState.SENT] * len(many)
    assert len(postbox.messages) == len(many)


def test_without_a_server_they_are_kept(
    database: Database, many: list[Actor], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.delenv("SMTP_URL")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    deliver(database)
    assert states(database) == [MailState.KEPT] * len(many)


def test_a_worker_is_reminded_of_all_by_one_job(
    database: Database, many: list[Actor], valkey_url: str
) -> None:
    with Redis.from_url(valkey_url) as redis:
        redis.flushall()
        queue = open_queue(redis)
        loop = Reminders(database, queue)
        with time_machine.travel(clock.now().replace(second=4) + timedelta(minutes=1), tick=False):
            loop.turn()
            loop.turn()
            names = [reminder_of(job)[0] for job in queue.jobs]
    assert names.count(REMINDER) == 1
    assert "deliver_mail" not in names
