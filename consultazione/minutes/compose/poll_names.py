"""Who voted what in an open poll by name, and who was present without voting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from consultazione.minutes.compose import poll_wording
from consultazione.minutes.compose.attendance import plain
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.proxies import holders, proxies_during
from consultazione.minutes.compose.types import NamedVoter, NamedVotes, NamesOfPoll
from consultazione.sittings.attendance.events import Entered, Left
from consultazione.sittings.events import SittingOpened
from consultazione.sittings.polls.events import BallotCast, PollOpened
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.open_votes.said import said
from consultazione.sittings.polls.rules import Franchise
from consultazione.sittings.proxies.events import ProxyGiven

# From when until when a poll was open.
OpenFor = tuple[datetime, datetime]
_Voice = BallotCast | Entered | ProxyGiven


def names_of(
    facts: SittingFacts,
    opened: PollOpened,
    ballots: Mapping[int, BallotCast],
    options: Sequence[str],
    open_for: OpenFor,
) -> NamesOfPoll:
    """Who voted what in a closed open poll, and who was there without voting.

    Empty for a secret poll. ballots: those that count, by person id. Where organisations vote,
    who came for one that has voted is not among those without a vote, nor is who came for
    themselves; the chair without a mandate never is.
    """
    if opened.secret:
        return {}
    return {
        "by_name": _by_choice(facts, opened, ballots.values(), options),
        "silent": _sorted(
            facts,
            [
                *_silent(facts, opened, ballots, open_for),
                *_by_proxy(facts, opened, ballots, open_for),
            ],
        ),
    }


def _by_choice(
    facts: SittingFacts, opened: PollOpened, ballots: Iterable[BallotCast], options: Sequence[str]
) -> list[NamedVotes]:
    chosen: dict[str, list[BallotCast]] = defaultdict(list)
    for ballot in ballots:
        chosen[ballot.choice].append(ballot)
    words = KINDS[opened.poll_kind].words if opened.poll_kind in KINDS else ()
    place = {word: rank for rank, word in enumerate(words, start=1)}
    return [
        {
            "choice": choice,
            "name": said(choice, options, poll_wording.CHOICES),
            "voters": _sorted(facts, chosen[choice]),
        }
        for choice in sorted(chosen, key=lambda choice: (place.get(choice, 0), choice))
    ]


def _silent(
    facts: SittingFacts, opened: PollOpened, ballots: Mapping[int, BallotCast], open_for: OpenFor
) -> list[Entered]:
    """Each voice once that was there while a poll was open, might have voted, and did not."""
    organisations = facts.names.mandates
    heard = {organisations.get(ballot.mandate_id or 0) for ballot in ballots.values()}
    chair = facts.first(SittingOpened)[1].presided_by

    unheard = facts.names.unheard.get(opened.poll_id)

    def is_silent(entered: Entered) -> bool:
        if entered.person_id in ballots:
            return False
        organisation = organisations.get(entered.mandate_id or 0)
        if opened.franchise is Franchise.PERSONS:
            at_all = unheard is None or entered.person_id in unheard
            return at_all and (organisation is not None or entered.person_id != chair)
        if organisation is None or organisation in heard:
            return False
        return opened.organisations is None or str(organisation) in opened.organisations

    there = [entered for entered in _there(facts, open_for) if is_silent(entered)]
    return list({(one.person_id, one.mandate_id): one for one in there}.values())


def _by_proxy(
    facts: SittingFacts, opened: PollOpened, ballots: Mapping[int, BallotCast], open_for: OpenFor
) -> Iterator[ProxyGiven]:
    """The proxies by which nobody voted, though who held them was there."""
    there = {entered.person_id for entered in _there(facts, open_for)}
    organisations = facts.names.mandates
    heard = {organisations.get(ballot.mandate_id or 0) for ballot in ballots.values()}
    unheard = facts.names.unheard.get(opened.poll_id, ())
    for given in proxies_during(facts, *open_for):
        if given.holder_id not in there:
            continue
        if opened.franchise is Franchise.PERSONS:
            is_silent = given.giver_id in unheard
        else:
            is_entitled = str(given.organisation_id) in (opened.organisations or {})
            is_silent = is_entitled and given.organisation_id not in heard
        if is_silent:
            yield given


def _there(facts: SittingFacts, open_for: OpenFor) -> Iterator[Entered]:
    """Who was there at any time of an interval."""
    left = {event.attendance_id: entry.at for entry, event in facts.each(Left)}
    for entry, event in facts.each(Entered):
        if entry.at <= open_for[1] and left.get(event.attendance_id, facts.closed_at) > open_for[0]:
            yield event


def _sorted(facts: SittingFacts, voices: Iterable[_Voice]) -> list[NamedVoter]:
    """The names of voices by organisation and person, accents ignored."""
    held = holders(facts)
    named = [_named(facts, voice, held) for voice in voices]
    return sorted(named, key=lambda row: (plain(row["organisation"] or ""), plain(row["person"])))


def _named(facts: SittingFacts, voice: _Voice, held: Mapping[int, str]) -> NamedVoter:
    person_id = voice.giver_id if isinstance(voice, ProxyGiven) else voice.person_id
    named: NamedVoter = {
        "person": facts.names.person(person_id),
        "organisation": facts.names.organisation(voice.mandate_id),
    }
    proxy_id = None if isinstance(voice, Entered) else voice.proxy_id
    if proxy_id is not None:
        named["by_proxy"] = held[proxy_id]
    return named
