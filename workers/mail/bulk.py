"""Delivers mails of which many are owed at once, one after the other over one connection.

A process and a connection for each would take a tenth of a second; so a mail takes a hundredth.
"""

from __future__ import annotations

import time
from contextlib import closing, nullcontext

from consultazione.config import read_settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.mail import outbox as mail_outbox
from workers.mail.ahead import write_ahead
from workers.mail.delivery import attempt
from workers.mail.transport import Way

REMINDER = "deliver_bulk"
# So many are begun at a time, within whose lease they are to be delivered.
_BATCH = 40
# A worker has other jobs too, and is reminded anew while mails are due.
_SECONDS = 60.0


def deliver_bulk(database: Database, _slot: int) -> bool:
    """Deliver what is due and nobody else has in hand, for a minute at most; True.

    Each mail is settled with its own delivery, as if it were alone; a failure is of that one only.
    """
    settings, until = read_settings(), time.monotonic() + _SECONDS
    server = settings.mail_server
    with nullcontext() if server is None else closing(Way(server)) as way:
        send = None if way is None else way.hand_over
        while time.monotonic() < until and (begun := _begin(database)):
            ahead = write_ahead(database, begun, settings.public_url)
            for mail_id in begun:
                attempt(database, mail_id, settings, send, ahead)
    return True


def _begin(database: Database) -> list[int]:
    with database.transaction(SYSTEM) as tx:
        return mail_outbox.begin_bulk(tx.session, at=tx.now, limit=_BATCH)
