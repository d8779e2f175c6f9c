"""`consultazione mail-in`: takes one mail from standard input, for a pipe of the mail server.

Its exit statuses are those that Postfix, Exim and procmail understand (sysexits.h).
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError

from consultazione import events, logs
from consultazione.config import BadSetting, Settings
from consultazione.notices.mail_in.reading import (
    MOST_BYTES,
    Unreadable,
    named_addresses,
    return_path,
)
from workers.mail_in.taking import Inbox, Outcome, open_inbox

_STATUS = {Outcome.UNREADABLE: os.EX_DATAERR, Outcome.NOBODY: os.EX_NOUSER}


def main(settings: Settings, recipient: str | None, sender: str | None) -> int:
    """Take the mail; the exit status. BadSetting without REPLY_ADDRESS.

    recipient, sender: of the envelope; the headers tell them if they are None.
    """
    logs.set_up("error")  # what a pipe prints, some servers send back to who wrote
    inbox = open_inbox(settings)
    if inbox is None:
        raise BadSetting("REPLY_ADDRESS is not set: write it as risposte@name.example.")
    assert events.ALL
    try:
        outcome = take(inbox, sys.stdin.buffer, recipient, sender)
    except (SQLAlchemyError, OSError):
        return os.EX_TEMPFAIL
    return _STATUS.get(outcome, os.EX_OK)


def take(inbox: Inbox, stream: BinaryIO, recipient: str | None, sender: str | None) -> Outcome:
    """Take a mail from a stream, of which no more is read than a mail may have."""
    raw = stream.read(MOST_BYTES + 1)
    try:
        addresses = [recipient] if recipient else named_addresses(raw)
        path = return_path(raw) if sender is None else sender.strip().strip("<>")
    except Unreadable:
        return Outcome.UNREADABLE
    token = next(filter(None, map(inbox.token_in, addresses)), None)
    return Outcome.NOBODY if token is None else inbox.take(raw, token, return_path=path)
