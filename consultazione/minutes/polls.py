"""The polls of a sitting: question, electorate, tally, result and its grounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from consultazione.core.log import Entry
from consultazione.minutes import wording
from consultazione.minutes.facts import SittingFacts
from consultazione.people.models import Category
from consultazione.sittings.events import BallotCast, PollClosed, PollOpened


def poll_rows(facts: SittingFacts) -> list[tuple[int | None, dict[str, Any]]]:
    """Every poll in the order in which it was opened, with the point that it was about."""
    closed = {event.poll_id: event for _, event in facts.each(PollClosed)}
    last = _last_ballots(facts)
    return [
        (event.point_id, _row(entry, event, closed.get(event.poll_id), last[event.poll_id]))
        for entry, event in facts.each(PollOpened)
    ]


def _row(
    entry: Entry, opened: PollOpened, closed: PollClosed | None, ballots: dict[int, BallotCast]
) -> dict[str, Any]:
    return {
        "id": opened.poll_id,
        "question": wording.text(opened.question),
        "opened": wording.moment(entry.at),
        "entry": entry.number,
        "electorate": closed.electorate if closed else None,
        "voters": sum(closed.tally.values()) if closed else len(ballots),
        "tally": _counts(closed.tally) if closed else [],
        "by_category": _by_category(ballots.values()) if closed else [],
        "carried": closed.carried if closed else None,
        "result": wording.CARRIED[closed.carried if closed else None],
        "grounds": wording.GROUNDS.get(closed.grounds, closed.grounds) if closed else "",
    }


def _last_ballots(facts: SittingFacts) -> dict[int, dict[int, BallotCast]]:
    """By poll and person, the last ballot: an earlier one was changed."""
    found: dict[int, dict[int, BallotCast]] = defaultdict(dict)
    for _, event in facts.each(BallotCast):
        found[event.poll_id][event.person_id] = event
    return found


def _by_category(ballots: Iterable[BallotCast]) -> list[dict[str, Any]]:
    """How each category voted. Names stay out: the log has them for whoever must check."""
    counted: dict[Category, Counter[str]] = defaultdict(Counter)
    for ballot in ballots:
        counted[ballot.category][ballot.choice] += 1
    return [
        {
            "category": category.value,
            "category_name": wording.CATEGORIES[category],
            "tally": _counts(counted[category]),
        }
        for category in Category
        if category in counted
    ]


def _counts(tally: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each choice with its ballots: the known ones in their order, then any other by name."""
    order = {choice: rank for rank, choice in enumerate(wording.CHOICES)}
    choices = sorted(tally, key=lambda choice: (order.get(choice, len(order)), choice))
    return [
        {"choice": choice, "name": wording.CHOICES.get(choice, choice), "ballots": tally[choice]}
        for choice in choices
    ]
