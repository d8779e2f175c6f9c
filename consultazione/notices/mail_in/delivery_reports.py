"""Reports of mail servers about mails that they could not deliver (RFC 3464)."""

from __future__ import annotations

import re
from email.message import Message

from consultazione.notices.mail_in.reading import parsed

# By class, subject and detail (RFC 3463): permanent, and of the address. Not a full box (5.2.2),
# the state of a server (5.3), nor a policy (5.7), which may look at what the mail says: these pass.
_OF_THE_ADDRESS = re.compile(r"5\.(0\.0|1\.\d{1,3}|2\.[01]|4\.[46]|5\.0)")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def hard_failure(raw: bytes) -> str:
    """The status of a report that an address can be reached no more; empty for any other mail.

    Raises what `reading.parsed` raises.
    """
    for part in parsed(raw).walk():
        if part.get_content_type() == "message/delivery-status":
            return next(filter(None, map(_failed, _recipients(part))), "")
    return ""


def address_status(said: str) -> str:
    """The status in what a server said by which an address is gone; empty if it says no such."""
    found = _STATUS.search(said)
    return found[1] if found and _OF_THE_ADDRESS.fullmatch(found[1]) else ""


def _recipients(part: Message) -> list[Message]:
    """The groups of fields of a report; the first is of the mail, each other of one recipient."""
    groups = part.get_payload()
    return [one for one in groups if isinstance(one, Message)] if isinstance(groups, list) else []


def _failed(recipient: Message) -> str:
    action = str(recipient.get("Action", "")).strip().lower()
    return address_status(str(recipient.get("Status", ""))) if action == "failed" else ""
