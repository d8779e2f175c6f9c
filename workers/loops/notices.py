"""Has people reminded and mailed of what is due, and forgets what was told long ago."""

from __future__ import annotations

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.italian import italian
from consultazione.notices.commands.forgetting import forget_notices
from consultazione.notices.commands.mailing import owe_notice_mails
from consultazione.notices.commands.reminding import remind

_MAILS_EVERY = 1.0
_REMINDERS_EVERY = 600.0


class NoticeMails:
    """The way of notices into the outbox of mail: at once, and in digests."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """A second."""
        return _MAILS_EVERY

    def turn(self) -> None:
        """Owe what is due; of very many people the rest has the next turn."""
        with self._database.transaction(SYSTEM) as tx:
            owe_notice_mails(tx)


class NoticeReminders:
    """Reminders of days that are near, and the end of old notices."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """Ten minutes."""
        return _REMINDERS_EVERY

    def turn(self) -> None:
        """Write what is due and was not written."""
        with italian(), self._database.transaction(SYSTEM) as tx:
            remind(tx)
        with self._database.transaction(SYSTEM) as tx:
            forget_notices(tx)
