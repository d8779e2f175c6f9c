"""Who spoke, on which point and for how long; the speaking time of each category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import SpeakingTime, SpeechRow, SpokenOn
from consultazione.people.models import Category
from consultazione.sittings.floor.events import FloorEnded, FloorGiven, HandRaised


@dataclass(frozen=True)
class Speech:
    """An interval in which one participant had the floor."""

    hand: HandRaised
    point_id: int | None
    entry: int
    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        return self.until - self.since


def speeches(facts: SittingFacts) -> list[Speech]:
    """Every speech in order; it ends at its own end, at the next one, or with the sitting."""
    hands = {event.hand_id: event for _, event in facts.each(HandRaised)}
    ended = {event.hand_id: entry.at for entry, event in facts.each(FloorEnded)}
    return [
        Speech(
            hand=hands[event.hand_id],
            point_id=event.point_id,
            entry=entry.number,
            since=entry.at,
            until=max(entry.at, min(ended.get(event.hand_id, after), after)),
        )
        for entry, event, after in facts.each_until_next(FloorGiven)
    ]


def speech_rows(facts: SittingFacts, spoken: Iterable[Speech]) -> list[SpeechRow]:
    """Speeches as the minutes show them."""
    return [
        {
            "person": facts.names.person(speech.hand.person_id),
            "organisation": facts.names.organisation(speech.hand.mandate_id),
            "category": speech.hand.category.value,
            "category_name": wording.CATEGORIES[speech.hand.category],
            "from": wording.moment(speech.since),
            "duration": wording.duration(speech.length),
            "entry": speech.entry,
            "hand": speech.hand.hand_id,
            **_kind(speech.hand),
        }
        for speech in spoken
    ]


def _kind(hand: HandRaised) -> SpokenOn:
    """What somebody spoke on, if not simply on the point."""
    words = wording.SPEAKS_ON.get(hand.hand_kind)
    return {} if words is None else {"speaks_on": words}


def speaking_time(spoken: Iterable[Speech]) -> SpeakingTime:
    """The speaking time of each category, longest first, with its share in per cent."""
    seconds: Counter[Category] = Counter()
    for speech in spoken:
        seconds[speech.hand.category] += speech.length // timedelta(seconds=1)
    total = seconds.total()
    ordered = sorted(seconds.items(), key=lambda row: (-row[1], row[0].value))
    return {
        "rows": [
            {
                "category": category.value,
                "category_name": wording.CATEGORIES[category],
                "duration": wording.duration(timedelta(seconds=length)),
                "share": (200 * length + total) // (2 * total) if total else 0,
            }
            for category, length in ordered
        ],
        "total": wording.duration(timedelta(seconds=total)),
    }
