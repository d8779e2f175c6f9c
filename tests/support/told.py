"""What people were told in a test's database: entries are told as a worker does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Database
from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.italian import italian
from consultazione.notices.commands.choosing import choose_channels
from consultazione.notices.commands.following import follow
from consultazione.notices.commands.mailing import owe_notice_mails
from consultazione.notices.composing import Shown, shown_to
from consultazione.notices.models import Channel, Group, SubjectKind
from consultazione.notices.queries import newest_notices
from consultazione.people.queries import actor_of
from workers import notices
from workers.reactions import owed_by


@dataclass
class Told:
    """Tells entries, and reads what somebody was told."""

    database: Database
    after: int = 0

    def tell(self, *, again: bool = False) -> None:
        """Run the jobs that tell of the entries since the last time; of all of them, if again."""
        with self.database.snapshot() as session:
            entries = log.read_forward(session, after=0 if again else self.after, limit=5000)
        self.after = max([self.after, *(entry.position for entry in entries)])
        wanted = {place for place, name in owed_by(entries) if name == "tell_followers"}
        for entry in entries:
            if entry.position in wanted:
                self._tell(entry)

    def _tell(self, entry: Entry) -> None:
        with italian(), self.database.transaction(SYSTEM) as tx:
            notices.tell(tx, entry)

    def of(self, who: Actor) -> list[Shown]:
        """What somebody was told and may read now, newest first, after telling everything."""
        self.tell()
        with italian(), self.database.snapshot() as session:
            reader = actor_of(session, who.person_id or 0)
            rows = newest_notices(session, who.person_id or 0, limit=500)
            return shown_to(session, reader, rows)

    def topics_of(self, who: Actor) -> list[str]:
        """The topics of what somebody was told and may read now, newest first."""
        return [one.notice.topic for one in self.of(who) if one.told is not None]

    def follow(self, who: Actor, kind: SubjectKind, subject_id: int) -> None:
        """Have somebody follow something."""
        self.run(who, follow, kind=kind, subject_id=subject_id)

    def choose(self, who: Actor, group: Group, channel: Channel | None, **place: Any) -> None:
        """Have somebody told so of a group."""
        self.run(who, choose_channels, channels={group: channel}, **place)

    def owe(self) -> int:
        """Owe the mails that are due, as the dispatcher does."""
        self.tell()
        return self.run(SYSTEM, owe_notice_mails)

    def run(self, who: Actor, command: Callable[..., Any], **fields: Any) -> Any:
        """Run a command in somebody's name."""
        with self.database.transaction(who) as tx:
            return command(tx, **fields)

    def record(self, stream: str, event: Event, by: Actor = SYSTEM) -> None:
        """Enter something in the log that no row follows from."""
        with self.database.transaction(by) as tx:
            tx.record(stream, event)
