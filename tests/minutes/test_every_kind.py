"""The minutes use each kind of event of a sitting, or leave it out on purpose."""

from __future__ import annotations

import re

import pytest

from consultazione import events
from consultazione.core.events import Event, registry
from tests.support.source import modules

assert events.ALL
# What the minutes do not say, or say by another event.
LEFT_OUT = {
    "applause.counted",  # it counts towards nothing
    "attendance.substitute_named",
    "attendance.substitute_withdrawn",
    "ballot.sealed",  # poll.closed has the tally
    "chat.closed",  # the chat is beside the record
    "chat.forgotten",
    "chat.moderated",
    "chat.opened",
    "commitment.completed",  # after the sitting
    "floor.extended",
    "hand.lapsed",
    "hand.withdrawn",
    "phrase.added",
    "phrase.removed",
    "places.moved_up",  # who has registered is not who came
    "places.registered",
    "places.withdrawn",
    "poll.box_opened",
    "quorum.set",  # sitting.opened and quorum.verified say how it stood
    "room_votes.confirmed",  # poll.closed says how
    "room_votes.counted",  # poll.closed has the tally
    "sitting.cancelled",  # it is not held, so there are no minutes
    "sitting.video_set",
    "speakers.order_chosen",
    "speakers.placed",
    "speakers.quotas_set",
    "speakers.time_limited",
    "zone_phrase.added",
    "zone_phrase.changed",
    "zone_phrase.retired",
}
KINDS = {
    kind: event
    for kind, event in registry().items()
    if event.__module__.startswith("consultazione.sittings.")
}
SOURCE = "\n".join(m.path.read_text() for m in modules().values() if m.package == "minutes")


@pytest.mark.parametrize("kind", KINDS)
def test_the_minutes_use_a_kind_or_leave_it_out(kind: str) -> None:
    """A new kind is composed into the minutes in `minutes/compose`, or listed above."""
    assert _used(KINDS[kind]) is (kind not in LEFT_OUT)


def test_what_is_left_out_exists() -> None:
    assert KINDS.keys() >= LEFT_OUT


def _used(event: type[Event]) -> bool:
    return re.search(rf"\b{event.__name__}\b", SOURCE) is not None
