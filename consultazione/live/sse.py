"""The streams of sentences (server-sent events) of one process.

A stream sleeps until the process hears of its sitting from the dispatcher. Waiting costs a
greenlet and a socket; a connection to the database is taken only to read what is new, once
for all readers of the same sitting and language, and every few seconds to see whether a
reader's token still counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event

from flask import Flask
from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from consultazione.core import log
from consultazione.core.db import Database
from consultazione.core.errors import NotFound
from consultazione.live.brakes.throttle import Throttle
from consultazione.live.group_commit import GroupCommit
from consultazione.live.refusals import Busy, Full
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.chronicle import chronicle_lines
from consultazione.sittings.room.entries import told_room
from consultazione.sittings.room.types import ChronicleLine
from consultazione.web.db_outage import is_away, note_away

MOST = 500
MOST_OF_ONE = 10
BEAT_SECONDS = 15.0
_GATHER_SECONDS = 0.05
Batch = list[ChronicleLine]
# How many entries are read together: whoever begins far back gets them in several batches.
_READ_TOGETHER = 500


@dataclass(frozen=True)
class Missed:
    """New sentences (not every entry has one), up to which number, and whether more stand there."""

    number: int
    lines: Batch
    goes_on: bool = False


@dataclass(eq=False)
class Reader:
    """One open stream: its sitting and language, and whether its reader still may read."""

    sitting_id: int
    who: str
    locale: str
    may_read: Callable[[], bool]
    woken: Event = field(default_factory=Event)


class SentenceStreams:
    """The readers of one process."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._database: Database = app.extensions["database"]
        self._readers: dict[Reader, str] = {}
        self._throttle = Throttle()
        self._lines: GroupCommit[int, Missed] = GroupCommit(self._read, gather=_GATHER_SECONDS)

    def __len__(self) -> int:
        return len(self._readers)

    def join(self, reader: Reader) -> None:
        """Take a place until `leave`; Full if there is none."""
        own = Counter(other.who for other in self._readers)[reader.who]
        if len(self) >= MOST or own >= MOST_OF_ONE:
            raise Full(_("As many are reading as this site can serve: try again in a moment."))
        self._readers[reader] = sitting_stream(reader.sitting_id)

    def missed(self, reader: Reader, after: int) -> Batch:
        """The first sentences beyond a number that stand there already."""
        return self._submit(reader, after).lines

    def leave(self, reader: Reader) -> None:
        """Give the place back; idempotent."""
        self._readers.pop(reader, None)

    def wake(self, room: str | None) -> None:
        """Have the readers of a room look for what is new; those of all rooms for None."""
        for reader, stream in list(self._readers.items()):
            if room in (None, stream):
                reader.woken.set()

    def batches(self, reader: Reader, after: int) -> Iterator[Batch]:
        """What happened beyond a number and happens from now on; an empty batch is a beat.

        Ends when the sitting is closed, cancelled or, as a rehearsal, forgotten; when the reader
        may read no longer; and when the database goes away: a reader that reconnects is told to
        wait.
        """
        try:
            yield from self._batches(reader, after)
        except NotFound:
            return
        except Exception as error:
            if not is_away(error):
                raise
            note_away(error)

    def _batches(self, reader: Reader, after: int) -> Iterator[Batch]:
        reader.woken.set()
        while True:
            missed = self._next(reader, after)
            after = missed.number
            yield missed.lines
            if not missed.goes_on and _is_end(missed.lines):
                return
            if missed.goes_on:
                reader.woken.set()
            reader.woken.wait(BEAT_SECONDS)
            if not reader.may_read():
                return

    def _next(self, reader: Reader, after: int) -> Missed:
        if not reader.woken.is_set():
            return Missed(after, [])
        reader.woken.clear()
        try:
            return self._submit(reader, after)
        except Busy:
            return Missed(after, [])  # the beat of the sitting wakes the reader again

    def _submit(self, reader: Reader, after: int) -> Missed:
        return self._lines.submit((reader.sitting_id, reader.locale), after)

    def _read(self, key: tuple[int, str], numbers: list[int]) -> Sequence[Missed]:
        """The sentences beyond each number, oldest first; entries are read once for all.

        They are not read if the head says that nothing is new: snapshots of presence and
        turnout wake the readers too.
        """
        sitting_id, locale = key
        head, first = self._head(sitting_id), min(numbers)
        if head <= first:
            return [Missed(number, []) for number in numbers]
        with (
            self._throttle.turn(),
            self._app.app_context(),
            force_locale(locale),
            self._database.snapshot() as session,
        ):
            entries = log.read_stream(
                session, sitting_stream(sitting_id), after=first, limit=_READ_TOGETHER
            )
            lines = chronicle_lines(told_room(session, sitting_id, entries))[::-1]
        last = entries[-1].number if entries else first
        return [
            Missed(
                max(last, number),
                [line for line in lines if line["number"] > number],
                goes_on=last < head,
            )
            for number in numbers
        ]

    def _head(self, sitting_id: int) -> int:
        """The number of a sitting's last entry; NotFound if there is no such sitting."""
        with self._database.snapshot() as session:
            get_sitting(session, sitting_id)
            return log.head(session, sitting_stream(sitting_id))


def _is_end(lines: Batch) -> bool:
    """Whether the last sentence ends the sitting; one that was reopened has more after it."""
    return bool(lines) and lines[-1]["kind"] in {"sitting.closed", "sitting.cancelled"}
