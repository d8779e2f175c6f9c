"""The listener: takes mails from the mail server of the body, by LMTP or SMTP.

It believes no more than the signed address that a mail came to, stores nothing on the disk, and
says that a mail was taken only once what became of it is committed. Whatever it cannot settle now
(451) is tried again by the other server, and a mail that comes twice is taken once.
"""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from typing import Any

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from consultazione import events, logs
from consultazione.config import BadSetting, Settings
from consultazione.mail_server import MailListener
from consultazione.notices.mail_in.reading import MOST_BYTES
from workers.mail_in.taking import Inbox, Outcome, open_inbox

# So many are read and committed at once; the other server waits for the rest.
_AT_ONCE = 4
_SECONDS = 60.0
_ANSWERS = {
    Outcome.UNREADABLE: "554 5.6.0 This message cannot be read",
    Outcome.NOBODY: "550 5.1.1 There is no such address",
}
_TAKEN = "250 2.0.0 Taken"
_LATER = "451 4.3.0 Not now, try again later"
_log = structlog.get_logger()


class Handler:
    """What aiosmtpd asks for each command of a conversation."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def handle_RCPT(  # noqa: N802 (as aiosmtpd calls it)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take one address that we signed. LMTP would want an answer for each of several."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time"
        if self._inbox.token_in(address) is None:
            return _ANSWERS[Outcome.NOBODY]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 (the same)
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Settle the mail in a thread, since it waits for the database."""
        token = self._inbox.token_in(envelope.rcpt_tos[0])
        raw = envelope.original_content or b""
        if token is None:
            return _ANSWERS[Outcome.NOBODY]
        settle = partial(self._inbox.take, raw, token, return_path=envelope.mail_from or "")
        try:
            async with self._turns:
                outcome = await asyncio.to_thread(settle)
        except Exception as error:
            _log.warning("a mail was put off", error=type(error).__name__)
            return _LATER
        return _ANSWERS.get(outcome, _TAKEN)


async def serve(inbox: Inbox, where: MailListener, stopped: asyncio.Event) -> None:
    """Listen until told to stop."""
    protocol = LMTP if where.lmtp else SMTP
    make = partial(
        protocol,
        Handler(inbox),
        data_size_limit=MOST_BYTES,
        enable_SMTPUTF8=True,
        decode_data=False,
        timeout=_SECONDS,
        hostname=inbox.replies.partition("@")[2],
        ident="consultazione",
    )
    server = await asyncio.get_running_loop().create_server(make, where.host, where.port)
    _log.info("listening for mail", host=where.host, port=where.port)
    async with server:
        await stopped.wait()


def main(settings: Settings) -> int:
    """Listen until SIGTERM. BadSetting without MAIL_IN."""
    logs.set_up(settings.log_level)
    where, inbox = settings.mail_listener, open_inbox(settings)
    if where is None or inbox is None:
        raise BadSetting("MAIL_IN is not set: write it as lmtp://127.0.0.1:8024.")
    assert events.ALL  # what a command reads of the log can be of any kind
    asyncio.run(_until_stopped(inbox, where))
    return 0


async def _until_stopped(inbox: Inbox, where: MailListener) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await serve(inbox, where, stopped)
