"""The polls of a sitting: question, rules, electorate, tally, result and its grounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from consultazione.core.log import Entry
from consultazione.minutes.compose import poll_wording, quorum, wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.poll_names import names_of
from consultazione.minutes.compose.types import (
    CategoryTally,
    NamesOfPoll,
    PollBase,
    PollEnd,
    PollHead,
    PollRow,
    SpecialPoll,
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
from consultazione.sittings.polls.rules import Effect, Franchise, Rules
from consultazione.sittings.polls.tally_keys import ordered

_RULES = tuple(field.name for field in fields(Rules))


# The entry that ended a poll, with its event.
_End = tuple[Entry, PollClosed | PollAnnulled]


def poll_rows(facts: SittingFacts) -> list[tuple[int | None, PollRow]]:
    """Every poll in order of opening, paired with the id of its point (None off the agenda).

    One that was closed and then annulled is annulled.
    """
    ends: dict[int, _End] = {
        **{event.poll_id: (entry, event) for entry, event in facts.each(PollClosed)},
        **{event.poll_id: (entry, event) for entry, event in facts.each(PollAnnulled)},
    }
    last, options = _last_ballots(facts), _options(facts)
    rows: list[tuple[int | None, PollRow]] = []
    for entry, event in facts.each(PollOpened):
        ballots, offered = last[event.poll_id], options.get(event.poll_id, [])
        row = _row(facts, entry, ends.get(event.poll_id), ballots, offered)
        rows.append((event.point_id, row))
    return rows


def _row(
    facts: SittingFacts,
    entry: Entry,
    end: _End | None,
    ballots: dict[int, BallotCast],
    options: Sequence[str],
) -> PollRow:
    opened = entry.event
    if not isinstance(opened, PollOpened):
        raise TypeError(f"{entry.kind} opens no poll")
    closing, ended = end or (entry, None)
    if not isinstance(ended, PollClosed):
        head = _head(entry, opened, None, options)
        names: NamesOfPoll = {}
        tally = _without_result(len(ballots), ended)
        return {**head, **tally, "by_category": [], **_kind(opened, ended), **names}
    rules = _rules_of(opened)
    public = ballots if rules.franchise is not Franchise.WEIGHTS else {}
    terms = Terms(len(options), rules)
    return {
        **_head(entry, opened, ended, options),
        **_result(ended, options, opened.effect),
        "by_category": _by_category(public.values(), opened.poll_kind, terms, options),
        **_base(facts, opened, ended, options),
        **_kind(opened, ended),
        **names_of(facts, opened, ballots, options, (entry.at, closing.at)),
    }


def _head(
    entry: Entry, opened: PollOpened, closed: PollClosed | None, options: Sequence[str]
) -> PollHead:
    return {
        "id": opened.poll_id,
        "question": wording.text(opened.question),
        "opened": wording.moment(entry.at),
        "entry": entry.number,
        "kind": poll_wording.KINDS.get(opened.poll_kind, opened.poll_kind),
        "options": list(options),
        "rules": poll_wording.rules(_rules_of(opened), opened.effect),
        **quorum.of_poll(opened, closed),
    }


def _rules_of(opened: PollOpened) -> Rules:
    return Rules(**{name: getattr(opened, name) for name in _RULES})


def _kind(opened: PollOpened, end: PollClosed | PollAnnulled | None) -> SpecialPoll:
    special: SpecialPoll = {}
    if opened.effect is Effect.CONSULTATIVE:
        special["consultative"] = True
    if isinstance(end, PollAnnulled):
        special["annulled"] = True
    return special


def _without_result(voters: int, end: PollClosed | PollAnnulled | None) -> PollEnd:
    result = wording.CARRIED[None]
    if isinstance(end, PollAnnulled):
        result = poll_wording.annulment(end.reason, end.explanation)
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


def _result(closed: PollClosed, options: Sequence[str], effect: Effect) -> PollEnd:
    cast = sum(closed.tally.values()) if closed.cast is None else closed.cast
    return {
        "electorate": closed.electorate,
        "entitled": closed.entitled,
        "voters": cast,
        "tally": _counts(closed.tally, options),
        "room_tally": _counts(closed.room_tally or {}, options),
        "carried": closed.carried,
        "result": poll_wording.result(closed.carried, options, effect),
        "grounds": _grounds(closed, options),
    }


def _base(
    facts: SittingFacts, opened: PollOpened, closed: PollClosed, options: Sequence[str]
) -> PollBase:
    """Who was entitled, the base and the arithmetic; nothing of polls of before it was kept."""
    if closed.unregistered is None:
        return {}
    poll = {**vars(closed), "effect": opened.effect, "rules": {"franchise": opened.franchise}}
    base: PollBase = {"arithmetic": poll_wording.arithmetic({**poll, "options": options})}
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
    """The tally of each category; who voted what by name stands beside it (`poll_names`).

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
