"""Mails that were kept for want of a server, as the administrators' page reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy.orm import Session

from consultazione.core.mail.outbox import Mail, MailState
from consultazione.people.reach import is_open_to_one

_SECRET = re.compile(r"(?<=chiave=)[\w-]+")
_HIDDEN = "…"


@dataclass(frozen=True)
class KeptMail:
    """What a kept mail says; without the secret of its link, if `is_hidden`."""

    to: str
    subject: str
    text: str
    is_hidden: bool


def read_kept(session: Session, folder: Path, mail: Mail, *, zone_id: int) -> KeptMail | None:
    """The text of a mail that was kept; None if it was not, or its file is gone.

    zone_id: whose administrators read it. A link that one of them alone could not make
    (`reach.is_open_to_one`) loses its secret: that stands in the file, for whoever runs the
    machine.
    """
    if mail.state is not MailState.KEPT:
        return None
    try:
        content = (folder / f"{mail.id}.eml").read_bytes()
    except OSError:
        return None
    message = message_from_bytes(content, policy=policy.default)
    text = _plain_text(message)
    person_id = mail.person_id
    is_open = person_id is not None and is_open_to_one(session, person_id, zone_id=zone_id)
    shown = text if is_open else _SECRET.sub(_HIDDEN, text)
    return KeptMail(str(message["To"]), str(message["Subject"]), shown, shown != text)


def _plain_text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""
