"""Frames for new entries: one for each stream, and the heartbeat of open sittings.

A sitting's room gets its entries whole, with the names of those they speak of. Followers of
any other stream learn only that something happened, and ask for what they may see. What
comes by the thousand reaches rooms as snapshots (`pending_snapshots.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.live.contract import EntriesFrame, FollowedFrame, HeadFrame
from consultazione.live.fanout import Frame
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import names_at
from consultazione.sittings.room.entries import as_sent, named_in
from consultazione.sittings.room.types import EntryHead

# The families of streams that can be followed from outside of a sitting: no entry of them is
# about a single person.
FOLLOWED = ("table", "minutes", "outcome", "plan", "programme")
_SENT = frozenset({"sitting", *FOLLOWED})


def entry_frames(session: Session, entries: Sequence[log.Entry]) -> list[Frame]:
    """A frame for each stream with new entries that can be followed, its entries in order."""
    followed = [e for e in entries if log.parse_stream(e.stream)[0] in _SENT]
    ordered = sorted(followed, key=lambda e: (e.stream, e.number))
    return [
        Frame(stream, "entries", _entries_payload(session, stream, list(group)))
        for stream, group in groupby(ordered, key=lambda e: e.stream)
    ]


def head_frames(session: Session, sitting_ids: Iterable[int]) -> list[Frame]:
    """The last number of some sittings, by which a browser sees that it missed the last entry."""
    numbers = {
        stream: log.head(session, stream)
        for stream in (sitting_stream(sitting_id) for sitting_id in sitting_ids)
    }
    heads: list[HeadFrame] = [
        {"stream": stream, "number": number} for stream, number in numbers.items()
    ]
    return [Frame(head["stream"], "head", head) for head in heads]


def rehearsal_over_frame(rehearsal: int) -> Frame:
    """Has the room of a rehearsal that was ended ask for it anew, and so learn that it is gone."""
    return Frame(sitting_stream(rehearsal), "resume", {})


def is_of_rehearsal(number: int) -> bool:
    """True for the number of a rehearsal, or of a poll of one."""
    return number >= EPHEMERAL_FROM


def open_sittings(session: Session) -> list[int]:
    """The sittings that are open now."""
    return list(session.scalars(select(Sitting.id).where(Sitting.state == SittingState.OPEN)))


def _entries_payload(
    session: Session, stream: str, entries: list[log.Entry]
) -> EntriesFrame | FollowedFrame:
    family, number = log.parse_stream(stream)
    if family != "sitting":
        return {"stream": stream, "entries": [entry_head(entry) for entry in entries]}
    sent = as_sent(session, entries)
    people = names_at(session, number, named_in(entries, sent))
    return {"stream": stream, "entries": sent, "people": people}


def entry_head(entry: log.Entry) -> EntryHead:
    """An entry as followers get it, without what it was about."""
    return {"number": entry.number, "kind": entry.kind, "at": clock.as_json(entry.at)}
