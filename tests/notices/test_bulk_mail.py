"""Mails in bulk: over one connection, each settled by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from redis import Redis
from sqlalchemy import Engine, select

from consultazione.comments.commands.moderating import hide_comment
from consultazione.comments.models import Comment
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Database
from consultazione.core.mail.bounces import MOST_BOUNCES, count_bounce
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.core.permissions import Role
from consultazione.notices.kinds import WRITERS_OF_MANY
from consultazione.notices.models import Channel, Group, SubjectKind
from tests.support.factories import Factory
from tests.support.smtp_server import Postbox
from tests.support.statements import statements
from tests.support.told import Told
from workers import job_runner
from workers.loops.reminders import Reminders
from workers.mail import ahead
from workers.mail.ahead import write_ahead
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


def test_letters_of_many_ask_as_little_as_the_letter_of_one(
    database: Database, engine: Engine, many: list[Actor]
) -> None:
    with database.snapshot() as session:
        ids = list(session.scalars(select(Mail.id).order_by(Mail.id)))
    asked = []
    for some in (ids[:1], ids):
        with statements(engine) as told:
            letters = write_ahead(database, some, "https://partecipa.example.org").letters
        assert set(letters) == set(some)
        asked.append(len(told))
    assert asked[0] == asked[1]


def test_what_is_hidden_meanwhile_is_in_no_letter_that_is_not_fresh(
    database: Database,
    postbox: Postbox,
    make: Factory,
    many: list[Actor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first goes out as it was written; the others are written anew, and say nothing."""
    hidden = []

    def hide_and_send(self: SMTP, *args: object, **more: object) -> object:
        if not hidden:
            with make.session() as session:
                hidden.append(session.scalars(select(Comment.id)).one())
            with database.transaction(make.holder(Role.FACILITATOR)) as tx:
                hide_comment(tx, comment_id=hidden[0], reason="Contiene dati di altri.")
            monkeypatch.setattr(ahead, "_FRESH", 0.0)
        return send(self, *args, **more)  # type: ignore[arg-type]

    send = SMTP.send_message
    monkeypatch.setattr(SMTP, "send_message", hide_and_send)
    deliver(database)
    assert states(database) == [MailState.SENT] + [MailState.DROPPED] * (len(many) - 1)
    assert len(postbox.messages) == 1


def test_letters_that_cannot_be_written_together_are_written_alone(
    database: Database, postbox: Postbox, many: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> object:
        raise LookupError

    monkeypatch.setitem(WRITERS_OF_MANY, "notices", fails)
    deliver(database)
    assert states(database) == [MailState.SENT] * len(many)


def test_nothing_goes_where_mails_do_not_arrive(
    database: Database, postbox: Postbox, many: list[Actor]
) -> None:
    with database.transaction(SYSTEM) as tx:
        for _time in range(MOST_BOUNCES):
            count_bounce(tx.session, many[0].person_id or 0, status="5.1.1", at=tx.now)
    deliver(database)
    assert states(database) == [MailState.DROPPED] + [MailState.SENT] * (len(many) - 1)
