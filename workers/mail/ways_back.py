"""The signed addresses of a mail: for answers, and for what cannot be delivered (VERP)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consultazione.config import Settings
from consultazione.core.mail.outbox import Mail
from consultazione.keys.mail_key import mail_key
from consultazione.notices.letters import Letter
from consultazione.notices.mail_in.tokens import Purpose, address_with, token_for


@dataclass(frozen=True)
class WaysBack:
    """Where answers go, and reports that it was not delivered; None for where it came from."""

    answers: str | None = None
    bounces: str | None = None


def ways_back(settings: Settings, mail: Mail, letter: Letter, *, today: date) -> WaysBack:
    """The addresses of one mail; none without REPLY_ADDRESS, or if it is about nobody.

    What goes to another address than that of the account says nothing about the account's.
    """
    person_id = mail.person_id
    if settings.reply_address is None or person_id is None:
        return WaysBack()
    replies, key = settings.reply_address, mail_key(settings.secrets_dir)

    def signed(purpose: Purpose, object_id: int) -> str | None:
        token = token_for(purpose, person_id, object_id, today=today)
        return None if token is None else address_with(token, key, replies)

    return WaysBack(
        answers=signed(*letter.answers) if letter.answers else None,
        bounces=signed(Purpose.BOUNCE, mail.id) if mail.address is None else None,
    )
