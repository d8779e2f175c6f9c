"""One attempt to deliver a mail of the outbox."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from functools import partial

import structlog

from consultazione.config import Settings, read_settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, Transaction
from consultazione.core.mail import outbox as mail_outbox
from consultazione.core.mail.bounces import count_bounce, failing
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.italian import speaking
from consultazione.notices.kinds import WRITERS
from consultazione.notices.letters import Letter
from workers.mail import transport
from workers.mail.ahead import NONE, Ahead
from workers.mail.envelope import CannotAddress, compose
from workers.mail.ways_back import ways_back

REMINDER = "deliver_mail"
# Hands a message over, with the address to which it comes back if it cannot be delivered.
Send = Callable[[EmailMessage, str | None], None] | None
# What confirms an address goes there although mails came back, since it may be mended by now.
_ALWAYS = frozenset({"confirm_address"})
_log = structlog.get_logger()


def deliver(database: Database, mail_id: int) -> bool:
    """Deliver a mail unless it is settled or in hand; True if it is settled now.

    A failure is noted by its class and code, here and in the process's log, and tried again.
    """
    with database.transaction(SYSTEM) as tx:
        if not mail_outbox.begin(tx.session, mail_id, at=tx.now):
            return False
    settings = read_settings()
    return attempt(database, mail_id, settings, _sender(settings))


def attempt(
    database: Database, mail_id: int, settings: Settings, send: Send, ahead: Ahead = NONE
) -> bool:
    """Make an attempt that was counted; True if it settles the mail, else its failure is noted.

    send: hands a message over; None if messages are kept. ahead: letters that are written already.
    """
    try:
        return _attempt(database, mail_id, settings, send, ahead)
    except Exception as error:
        _log.warning("mail failed", mail=mail_id, error=transport.told(error))
        with database.transaction(SYSTEM) as tx:
            mail = mail_outbox.claim(tx.session, mail_id)
            if mail is not None:
                for_good = transport.is_final(error) or isinstance(error, CannotAddress)
                _count_refusal(tx, mail, error)
                mail_outbox.fail(mail, transport.told(error), at=tx.now, for_good=for_good)
        return False


def _sender(settings: Settings) -> Send:
    server = settings.mail_server
    return None if server is None else partial(transport.hand_over, server)


def _attempt(
    database: Database, mail_id: int, settings: Settings, send: Send, ahead: Ahead
) -> bool:
    """What the letter changes, and that it was handed over, committed together."""
    with database.transaction(SYSTEM) as tx:
        mail = mail_outbox.claim(tx.session, mail_id)
        if mail is None:
            return False
        with speaking(mail.language):
            state = _send(tx, mail, settings, send, ahead)
        mail_outbox.settle(mail, state, at=tx.now)
    return True


def _send(tx: Transaction, mail: Mail, settings: Settings, send: Send, ahead: Ahead) -> MailState:
    letter = ahead.letter(mail.id) or _written(tx, mail, settings)
    if letter is None:
        return MailState.DROPPED
    tx.flush()  # what the database refuses, it refuses before anybody reads the letter
    ways = ways_back(settings, mail, letter, today=tx.today)
    message = compose(
        letter, mail, sender=settings.mail_from, public_url=settings.public_url,
        answers_to=ways.answers,
    )  # fmt: skip
    if send is None:
        transport.keep(settings.mail_dir, mail.id, message)
        return MailState.KEPT
    send(message, ways.bounces)
    return MailState.SENT


def _written(tx: Transaction, mail: Mail, settings: Settings) -> Letter | None:
    if _goes_nowhere(tx, mail):
        return None
    return WRITERS[mail.kind](tx, mail, settings.public_url)


def _goes_nowhere(tx: Transaction, mail: Mail) -> bool:
    """True if a mail would go to the address of an account where mails do not arrive any more."""
    if mail.address is not None or mail.kind in _ALWAYS:
        return False
    return failing(tx.session, mail.person_id) is not None


def _count_refusal(tx: Transaction, mail: Mail, error: Exception) -> None:
    """Count a mail that the server refused at once as it counts one that comes back."""
    status = transport.refused_address(error)
    if status and mail.person_id is not None and mail.address is None:
        count_bounce(tx.session, mail.person_id, status=status, at=tx.now)
