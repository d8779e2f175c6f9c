"""The proxies of a sitting, and by which of them a vote was cast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import ProxyRow
from consultazione.sittings.attendance.events import Entered
from consultazione.sittings.proxies.events import ProxyEnded, ProxyGiven
from consultazione.sittings.proxies.models import ProxyEnd


def proxy_rows(facts: SittingFacts) -> list[ProxyRow]:
    """The proxies that stood at any time from the opening on, in the order of their giving."""
    return [_row(facts, given, at, reason) for given, at, reason in _from_opening(facts)]


def represented(facts: SittingFacts) -> set[tuple[int, int]]:
    """The organisations whose vote was held by somebody who came, each with who gave it."""
    came = {event.person_id for _, event in facts.each(Entered)}
    return {
        (given.organisation_id, given.giver_id)
        for given, _at, _reason in _from_opening(facts)
        if given.organisation_id is not None and given.holder_id in came
    }


def proxies_during(facts: SittingFacts, since: datetime, until: datetime) -> Iterator[ProxyGiven]:
    """The proxies that stood during the whole of an interval."""
    ended = {event.proxy_id: entry.at for entry, event in facts.each(ProxyEnded)}
    for entry, given in facts.each(ProxyGiven):
        if entry.at <= since and ended.get(given.proxy_id, until) >= until:
            yield given


def holders(facts: SittingFacts) -> dict[int, str]:
    """The names of those who hold proxies, by the id of the proxy."""
    return {
        given.proxy_id: facts.names.person(given.holder_id) for _, given in facts.each(ProxyGiven)
    }


def _from_opening(
    facts: SittingFacts,
) -> Iterator[tuple[ProxyGiven, datetime, ProxyEnd | None]]:
    """The proxies that stood at any time from the opening on, with when and why they ended."""
    ended = {event.proxy_id: (entry.at, event.reason) for entry, event in facts.each(ProxyEnded)}
    for _entry, given in facts.each(ProxyGiven):
        at, reason = ended.get(given.proxy_id, (facts.closed_at, None))
        if at >= facts.opened_at:
            yield given, at, reason


def _row(facts: SittingFacts, given: ProxyGiven, at: datetime, reason: ProxyEnd | None) -> ProxyRow:
    row: ProxyRow = {
        "person": facts.names.person(given.giver_id),
        "organisation": facts.names.organisation(given.mandate_id),
        "holder": facts.names.person(given.holder_id),
        "act": wording.text(given.written_act),
    }
    if reason is not None:
        row["ended"] = wording.PROXY_ENDS[reason].format(**wording.moment(at))
    return row
