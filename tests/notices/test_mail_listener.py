"""The listener as a process of its own: by LMTP, end to end, with hostile conversations."""

from __future__ import annotations

import os
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from consultazione.comments.models import Comment
from consultazione.config import ROOT
from consultazione.core import clock
from consultazione.keys.mail_key import mail_key
from consultazione.notices.mail_in.tokens import Purpose, address_with, token_for
from tests.support.answering import REPLIES, report
from tests.support.factories import Factory
from tests.support.keys import SECRETS
from tests.support.scratch_database import scratch_database
from tests.support.stack import free_port, listens
from tests.support.waiting import settles

MAIL = "From: Anna <anna@example.org>\r\nMessage-ID: <{number}@x>\r\n\r\n{text}\r\n"


@contextmanager
def listener(url: str, place: Path) -> Iterator[int]:
    """The process, as `up` starts it, on a port of its own; stopped as `up` stops it."""
    port = free_port()
    settings = {
        "DATABASE_URL": url.replace("postgresql+psycopg", "postgresql"),
        "REPLY_ADDRESS": REPLIES,
        "MAIL_IN": f"lmtp://127.0.0.1:{port}",
        "SECRETS_DIR": str(SECRETS),
        "DATA_DIR": str(place),
    }
    with (place / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "consultazione", "mail-listener"],
            cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            settles(lambda: listens(port) or process.poll() is not None, within=60)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0, (place / "log").read_text()


def test_a_mail_server_hands_answers_over_and_every_other_mail_is_refused(
    engine: Engine, tmp_path: Path
) -> None:
    with scratch_database(engine, "mail_in") as scratch:
        scratch.upgrade("head")
        make = Factory(scratch.database())
        anna, proposal = make.person(email="anna@example.org"), make.proposal()
        token = token_for(Purpose.PROPOSAL, anna.id, proposal.id, today=clock.today())
        assert token is not None
        to = address_with(token, mail_key(SECRETS), REPLIES)
        url = scratch.engine.url.render_as_string(hide_password=False)
        with listener(url, tmp_path) as port:
            with smtplib.LMTP("127.0.0.1", port, timeout=20) as smtp:
                text = MAIL.format(number=1, text="Serve.")
                for _time in range(2):
                    smtp.sendmail("anna@example.org", [to.upper()], text)
                for wrong in (
                    "nobody@example.org",
                    REPLIES,
                    f"{to[:20]}{'b' if to[20] == 'a' else 'a'}{to[21:]}",
                ):
                    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                        smtp.sendmail("anna@example.org", [wrong], text)
                    assert refused.value.recipients[wrong][0] == 550
                with pytest.raises(smtplib.SMTPDataError, match="554"):
                    smtp.sendmail("a@x", [to], "Content-Type: text/plain\r\n" * 300)
                assert smtp.sendmail("", [to], report("anna@example.org")) == {}
                with pytest.raises(smtplib.SMTPSenderRefused, match="552"):
                    smtp.sendmail("anna@example.org", [to], "x" * 2_000_000)
            _send_much(port, to)
            with smtplib.LMTP("127.0.0.1", port, timeout=20) as smtp:
                smtp.sendmail("anna@example.org", [to], MAIL.format(number=2, text="Ancora."))
        with make.session() as session:
            found = session.scalars(select(Comment).order_by(Comment.id))
            assert [(one.body, one.by_mail) for one in found] == [
                ("Serve.", True),
                ("Ancora.", True),
            ]


def _send_much(port: int, to: str) -> None:
    """50 MB without saying so before: refused at the end, and nothing of it is kept."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        answers = line.makefile("rb")
        for command in ("", "LHLO x", "MAIL FROM:<a@x.it>", f"RCPT TO:<{to}>", "DATA"):
            if command:
                line.sendall(f"{command}\r\n".encode())
            while answers.readline()[3:4] == b"-":
                pass
        block = (b"x" * 998 + b"\r\n") * 1000
        for _megabyte in range(50):
            line.sendall(block)
        line.sendall(b"\r\n.\r\n")
        assert answers.readline().startswith(b"552")
