"""The public parts of a sitting as texts that are made once for all who ask for the same.

The key of each text names what it depends on, and is read with a few small statements whatever
the sitting's length: the numbers of the last entries of the streams behind the text, the mark
of erasures and names, and for sentences the language. Names show the organisation of a person's
latest attendance, so sentences depend on the stream of attendances too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from flask_babel import get_locale
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.erasure_mark import read_mark
from consultazione.sittings.events import attendance_stream, sitting_stream
from consultazione.sittings.polls.events import poll_stream
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions.events import questions_stream
from consultazione.sittings.record.events import notes_stream
from consultazione.sittings.room.chronicle import chronicle_lines
from consultazione.sittings.room.entries import (
    PageOfNumbers,
    as_sent,
    entries_on,
    page_with,
    told_room,
)
from consultazione.sittings.room.lines import by_day
from consultazione.sittings.room.snapshot import room_snapshot
from consultazione.sittings.room.types import ChronicleLine, RoomSnapshot
from consultazione.tables.events import table_stream

_ITEMS = "sittings/chronicle_items.html"
_STREAMS = (sitting_stream, attendance_stream, questions_stream, notes_stream)
# JSON with these escapes is the same JSON, and may stand inside an element of a page.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"})


class Reader(Protocol):
    """What a request reads with: `web.public_cache.READER`."""

    def snapshot(self) -> Session:
        """The session of the request; a new one if the reading has ended meanwhile."""

    def keep(self, key: Hashable, make: Callable[[], str]) -> str:
        """The text under a key, made if none is kept."""

    def render(self, template: str, /, **values: Any) -> str:
        """A template filled in."""


class Kept(NamedTuple):
    """A text by its key, and how to make it if it is not kept."""

    key: Hashable
    make: Callable[[], str]


def room_text(reader: Reader, sitting_id: int) -> Kept:
    """The room as it is now, as JSON; NotFound if there is no such sitting."""
    key = _room_key(reader.snapshot(), sitting_id)
    return Kept(key, lambda: _room_json(reader, sitting_id))


def entries_text(
    reader: Reader, sitting_id: int, *, after: int | None, before: int | None, limit: int
) -> tuple[Kept, dict[str, int]]:
    """Entries of a sitting in order, as JSON: after a number, or before one.

    And what to ask for to go on, further on or for `before` further back; empty at the end.
    NotFound if there is no such sitting.
    """
    session = reader.snapshot()
    head = log.head(session, sitting_stream(get_sitting(session, sitting_id).id))
    if before is None:
        first, last = (after or 0) + 1, min((after or 0) + limit, head)
        following = {"after": last} if last < head else {}
    else:
        last = min(before - 1, head)
        first = max(last - limit, 0) + 1
        following = {"before": first} if first > 1 else {}
    key = (sitting_id, "entries", first, last, read_mark(session))
    return Kept(key, lambda: _entries_json(reader, sitting_id, first, last)), following


def room_json(reader: Reader, sitting_id: int) -> Markup:
    """Return the room as it is now, as JSON that may stand inside a page.

    NotFound if there is no such sitting. Ends the request's reading if it has to wait: objects
    that were read before are no longer attached to it.
    """
    return Markup(reader.keep(*room_text(reader, sitting_id)))


def public_room(reader: Reader, sitting_id: int) -> tuple[RoomSnapshot, Markup]:
    """Return the room with what `room_json` returns of it, for a page that shows it in HTML."""
    text = room_json(reader, sitting_id)
    room: RoomSnapshot = json.loads(text)
    return room, text


def newest_lines(reader: Reader, room: RoomSnapshot, text: str) -> Markup:
    """Return the lines of a room's chronicle, the newest first, as items of a list.

    text: the same room, as JSON.
    """
    key = ("newest lines", str(get_locale()), sha256(text.encode()).digest())
    return _html(reader, key, lambda: reader.render(_ITEMS, lines=chronicle_lines(room)))


def chronicle_page(
    reader: Reader, sitting_id: int, number: int | None
) -> tuple[PageOfNumbers, Markup]:
    """Return the page of the chronicle that holds a number, and its lines day by day.

    number: None for the newest page. NotFound if there is no such sitting.
    """
    page, key = _page(reader, sitting_id, number)
    return page, _html(reader, (*key, "days"), lambda: _days(reader, sitting_id, page))


def earlier_lines(
    reader: Reader, sitting_id: int, before: int | None
) -> tuple[int, list[ChronicleLine]]:
    """Return the first number of a page of the chronicle, and its lines, the newest first.

    before: a number; the page holds the entries below it, down to where pages are cut. None for
    the newest. NotFound if there is no such sitting.
    """
    page, key = _page(reader, sitting_id, None if before is None else max(before - 1, 1))
    lines = _lines(reader, sitting_id, page, key)
    return page.first, [line for line in lines if before is None or line["number"] < before]


def newer_lines(reader: Reader, sitting_id: int, after: int) -> list[ChronicleLine]:
    """Return the lines beyond a number, the newest first: those of the last two pages at most.

    NotFound if there is no such sitting.
    """
    page, key = _page(reader, sitting_id, None)
    lines = _lines(reader, sitting_id, page, key) if after < page.head else []
    if page.earlier and after < page.earlier:
        before, key = _page(reader, sitting_id, page.earlier)
        lines += _lines(reader, sitting_id, before, key)
    return [line for line in lines if line["number"] > after]


def _page(
    reader: Reader, sitting_id: int, number: int | None
) -> tuple[PageOfNumbers, tuple[Hashable, ...]]:
    """The page that holds a number, and what the sentences of its entries depend on."""
    session = reader.snapshot()
    sitting = get_sitting(session, sitting_id)
    heads = log.heads(session, [sitting_stream(sitting_id), attendance_stream(sitting_id)])
    page = page_with(number, heads[sitting_stream(sitting_id)])
    agenda = tuple((point.rank, point.title) for point in sitting.agenda)
    return page, (
        sitting_id,
        str(get_locale()),
        page.first,
        min(page.head, page.last),
        heads[attendance_stream(sitting_id)],
        agenda,
        sitting.opened_at,
        read_mark(session),
    )


def _lines(
    reader: Reader, sitting_id: int, page: PageOfNumbers, key: tuple[Hashable, ...]
) -> list[ChronicleLine]:
    """The lines of a page, the newest first, as they are kept."""
    kept = reader.keep((*key, "lines"), lambda: _lines_json(reader, sitting_id, page))
    lines: list[ChronicleLine] = json.loads(kept, object_hook=_with_moment)
    return lines


def _with_moment(line: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**line, "at": datetime.fromisoformat(line["at"])}


def _lines_json(reader: Reader, sitting_id: int, page: PageOfNumbers) -> str:
    lines = _written(reader, sitting_id, page)
    return json.dumps([{**line, "at": line["at"].isoformat()} for line in lines])


def _written(reader: Reader, sitting_id: int, page: PageOfNumbers) -> list[ChronicleLine]:
    session = reader.snapshot()
    return chronicle_lines(told_room(session, sitting_id, entries_on(session, sitting_id, page)))


def _html(reader: Reader, key: Hashable, make: Callable[[], str]) -> Markup:
    return Markup(reader.keep(key, make))


def _days(reader: Reader, sitting_id: int, page: PageOfNumbers) -> str:
    lines = _written(reader, sitting_id, page)[::-1]
    return reader.render("sittings/chronicle_days.html", days=by_day(lines))


def _entries_json(reader: Reader, sitting_id: int, first: int, last: int) -> str:
    session = reader.snapshot()
    stream = sitting_stream(sitting_id)
    count = max(last - first + 1, 0)
    entries = log.read_stream(session, stream, after=first - 1, limit=count)
    return json.dumps(as_sent(session, entries), separators=(",", ":"))


def _room_json(reader: Reader, sitting_id: int) -> str:
    room = room_snapshot(reader.snapshot(), sitting_id)
    return json.dumps(room, separators=(",", ":")).translate(_ESCAPES)


def _room_key(session: Session, sitting_id: int) -> tuple[Hashable, ...]:
    """What the room of a sitting depends on.

    The stream of its table says who counts there, in the quorum and in the turnout, and that of
    the open poll who has voted.
    """
    sitting = get_sitting(session, sitting_id)
    polls = select(Poll.id).filter_by(sitting_id=sitting_id, state=PollState.OPEN)
    streams = [
        *(of(sitting_id) for of in _STREAMS),
        *(poll_stream(poll_id) for poll_id in session.scalars(polls)),
        table_stream(sitting.table_id),
    ]
    numbers = tuple(sorted(log.heads(session, streams).items()))
    return sitting_id, "room", read_mark(session), numbers
