"""Mails of a test's database, delivered at once, and the links in them."""

from __future__ import annotations

import re

from sqlalchemy import select

from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail, MailState
from tests.support.smtp_server import Postbox
from workers import job_runner
from workers.mail.delivery import REMINDER


def deliver_all(database: Database) -> list[MailState]:
    """Deliver what is owed, as a worker does; what became of every mail, oldest first."""
    with database.snapshot() as session:
        owed = list(session.scalars(select(Mail.id).order_by(Mail.id)))
    for mail_id in owed:
        job_runner.perform(database, REMINDER, mail_id)
    with database.snapshot() as session:
        return list(session.scalars(select(Mail.state).order_by(Mail.id)))


def secret_in(postbox: Postbox) -> str:
    """The secret of the link in the last mail."""
    text = postbox.messages[-1].get_body(("plain",))
    assert text is not None
    found = re.search(r"\?chiave=(\S+)", text.get_content())
    assert found is not None
    return found[1]
