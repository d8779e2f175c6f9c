"""The polls of a sitting: question, rules, electorate, tally, result and its grounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from consultazione.core.log import Entry
from consultazione.minutes.compose import poll_wording, quorum, wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import (
    CategoryTally,
    PollBase,
    PollEnd,
    PollHead,
    PollRow,
    TallyLine,
)
from consultazione.people.models import Category
from consultazione.sittings.polls.events import (
    BallotCast,
    OptionOffered,
    PollAnnulled,
    PollClosed,
    PollOpened,
)
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import Terms
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.sittings.polls.tally_keys import ordered

_RULES = tuple(field.name for field in fields(Rules))


def poll_rows(facts: SittingFacts) -> list[tuple[int | None, PollRow]]:
    """Every poll in order of opening, paired with the id of its point (None off the agenda)."""
    ends: dict[int, PollClosed | PollAnnulled] = {
        **{event.poll_id: event for _, event in facts.each(PollClosed)},
        **{event.poll_id: event for _, event in facts.each(PollAnnulled)},
    }
    last, options = _last_ballots(facts), _options(facts)
    return [
        (
            event.point_id,
            _row(facts, entry, event, ends.get(event.poll_id), last[event.poll_id], options),
        )
        for entry, event in facts.each(PollOpened)
    ]


def _row(
    facts: SittingFacts,
    entry: Entry,
    opened: PollOpened,
    end: PollClosed | PollAnnulled | None,
    ballots: dict[int, BallotCast],
    offered: Mapping[int, Sequence[str]],
) -> PollRow:
    options = offered.get(opened.poll_id, ())
    closed = end if isinstance(end, PollClosed) else None
    rules = Rules(**{name: getattr(opened, name) for name in _RULES})
    head: PollHead = {
        "id": opened.poll_id,
        "question": wording.text(opened.question),
        "opened": wording.moment(entry.at),
        "entry": entry.number,
        "kind": poll_wording.KINDS.get(opened.poll_kind, opened.poll_kind),
        "options": list(options),
        "rules": poll_wording.rules(rules),
        **quorum.of_poll(opened, closed),
    }
    if closed is None:
        return {**head, **_without_result(len(ballots), end), "by_category": []}
    public = ballots if rules.franchise is not Franchise.WEIGHTS else {}
    by_category = _by_category(
        public.values(), opened.poll_kind, Terms(len(options), rules), options
    )
    ended = {**_result(closed, options), **_base(facts, opened, closed)}
    return {**head, **ended, "by_category": by_category}


def _without_result(voters: int, end: PollClosed | PollAnnulled | None) -> PollEnd:
    result = wording.CARRIED[None]
    if isinstance(end, PollAnnulled):
        result = poll_wording.ANNULLED[end.reason]
    return {
        "electorate": None,
        "entitled": None,
        "voters": voters,
        "tally": [],
        "room_tally": [],
        "carried": None,
        "result": result,
        "grounds": "",
    }


def _result(closed: PollClosed, options: Sequence[str]) -> PollEnd:
    cast = sum(closed.tally.values()) if closed.cast is None else closed.cast
    return {
        "electorate": closed.electorate,
        "entitled": closed.entitled,
        "voters": cast,
        "tally": _counts(closed.tally, options),
        "room_tally": _counts(closed.room_tally or {}, options),
        "carried": closed.carried,
        "result": wording.CARRIED[closed.carried],
        "grounds": _grounds(closed, options),
    }


def _base(facts: SittingFacts, opened: PollOpened, closed: PollClosed) -> PollBase:
    """Who was entitled, the base and the arithmetic; nothing of polls of before it was kept."""
    if closed.unregistered is None:
        return {}
    rules = {"franchise": opened.franchise}
    base: PollBase = {"arithmetic": poll_wording.arithmetic({**vars(closed), "rules": rules})}
    if opened.organisations is not None:
        base["electors"] = [
            {"name": facts.names.organisations[key].name, "did": _did(key, closed)}
            for key in map(int, opened.organisations)
        ]
    return base


def _did(organisation_id: int, closed: PollClosed) -> str:
    if closed.voted_organisations is not None and organisation_id in closed.voted_organisations:
        return wording.DID["voted"]
    there = organisation_id in (closed.present_organisations or ())
    return wording.DID["there" if there else "absent"]


def _grounds(closed: PollClosed, options: Sequence[str]) -> str:
    """Why it ended so, and why the votes counted in the room are believed."""
    why = poll_wording.grounds(closed.grounds, closed.numbers or {}, closed.winners, options)
    return f"{why} {poll_wording.ROOM.get(closed.room_confirmed or '', '')}".strip()


def _options(facts: SittingFacts) -> dict[int, list[str]]:
    """The options of each poll, in the order offered, by poll id."""
    labels: dict[int, list[str]] = defaultdict(list)
    for _, event in facts.each(OptionOffered):
        labels[event.poll_id].append(wording.text(event.label))
    return labels


def _last_ballots(facts: SittingFacts) -> dict[int, dict[int, BallotCast]]:
    """The ballots that count, by poll id and person id: each person's last one."""
    ballots: dict[int, dict[int, BallotCast]] = defaultdict(dict)
    for _, event in facts.each(BallotCast):
        ballots[event.poll_id][event.person_id] = event
    return ballots


def _by_category(
    ballots: Iterable[BallotCast], kind: str, terms: Terms, options: Sequence[str]
) -> list[CategoryTally]:
    """The tally of each category, without names: those are in the log, for an audit.

    Empty for a secret poll and for one with weighted votes.
    """
    counted: dict[Category, Counter[str]] = defaultdict(Counter)
    for ballot in ballots:
        counted[ballot.category][ballot.choice] += 1
    return [
        {
            "category": category.value,
            "category_name": wording.CATEGORIES[category],
            "tally": [
                line
                for line in _counts(KINDS[kind].tally(counted[category], terms), options)
                if line["ballots"]
            ],
        }
        for category in Category
        if category in counted
    ]


def _counts(tally: Mapping[str, int], options: Sequence[str]) -> list[TallyLine]:
    """The lines of a tally in order, labelled; grades that nobody gave are left out."""
    return [
        {"choice": poll_wording.code(key), "name": poll_wording.name(key, options), "ballots": n}
        for key, n in ordered(tally)
        if n or not key.grade
    ]
