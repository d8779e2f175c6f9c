"""A real SMTP server on a port of its own, which keeps what it takes and refuses when told to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """What a server has taken: messages, each with the addresses it goes to.

    senders: the return path of each. answer: what it says to the next recipients; empty if it takes
    them. answers: what it says to other commands than it does of itself, by their names (MAIL,
    DATA, QUIT).
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.senders: list[str] = []
        self.answer = ""
        self.answers: dict[str, str] = {}
        self.url = ""

    async def handle_RCPT(  # as aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return self.answers.get("QUIT", "221 Bye")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if "DATA" in self.answers:
            return self.answers["DATA"]
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        self.senders.append(envelope.mail_from)
        return "250 taken"


class Counter(Postbox):
    """A server that counts what it takes and reads none of it, for benchmarks.

    As a mail server in Python it takes as long over a mail as the product does, else.
    """

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        assert envelope.content
        self.taken += 1
        return "250 taken"


@contextmanager
def smtp_server(postbox: Postbox | None = None) -> Iterator[Postbox]:
    """A server on this machine, for as long as the block lasts."""
    postbox = postbox or Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        postbox.url = f"smtp://127.0.0.1:{port}"
        yield postbox
    finally:
        controller.stop()
