"""Links in mails that a stack has kept for want of a server."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

# The worker writes the file, then commits the digest of its link: a younger one may not count yet.
_SETTLED = 1.0
_SECONDS = 30.0


def mailed_path(data_dir: Path, address: str, page: str = "/conferma-indirizzo") -> str:
    """The path of the link to a page in the newest mail to an address, for which it waits."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        files = sorted((data_dir / "mail").glob("*.eml"), key=lambda file: -int(file.stem))
        for file in files:
            if time.time() - file.stat().st_mtime < _SETTLED:
                continue
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if message["To"] == address and (path := _path_in(message, page)):
                return path
        time.sleep(0.2)
    raise AssertionError(f"no mail with a link to {address}")


def answerable_mail(data_dir: Path, address: str, *, within: float = 180.0) -> EmailMessage:
    """The newest mail to an address that can be answered, for which it waits so many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        files = sorted((data_dir / "mail").glob("*.eml"), key=lambda file: -int(file.stem))
        for file in files:
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if message["To"] == address and message["Reply-To"]:
                return message
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address} that can be answered")


def mailed_link(data_dir: Path, address: str, page: str, *, within: float = 180.0) -> str:
    """The path of the first link that begins so in the newest mail with one to an address.

    page: how the path begins, as a regular expression. within: seconds; other jobs may stand
    before the one that tells.
    """
    until = time.monotonic() + within
    while time.monotonic() < until:
        files = sorted((data_dir / "mail").glob("*.eml"), key=lambda file: -int(file.stem))
        for file in files:
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            part = message.get_body(("plain",))
            text = part.get_content() if part is not None and message["To"] == address else ""
            if found := re.search(rf"https?://[^/\s]+({page}\S*)", text):
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address} with a link to {page}")


def _path_in(message: EmailMessage, page: str) -> str:
    part = message.get_body(("plain",))
    link = rf"https?://[^/\s]+({re.escape(page)}\?chiave=\S+)"
    found = re.search(link, part.get_content() if part else "")
    return found[1] if found else ""
