"""The convocation of a sitting: for when and where, by which notice, and what was changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from consultazione.core.actor import Role
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import Convocation
from consultazione.sittings.events import SittingConvened, SittingCorrected, SittingPostponed


def convened_for(facts: SittingFacts) -> tuple[str, str, datetime]:
    """The title, the place and the start that the convocation had in the end."""
    _entry, convened = facts.first(SittingConvened)
    title, place, starts_at = convened.title, convened.place, convened.starts_at
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, SittingCorrected):
            title = event.title
        if isinstance(event, SittingCorrected | SittingPostponed):
            place, starts_at = event.place, event.starts_at
    return title, place, starts_at


def convocation(facts: SittingFacts) -> Convocation:
    """When the sitting was convened and for when, by which notice, and what was changed since."""
    entry, _convened = facts.first(SittingConvened)
    found: Convocation = {
        "at": wording.moment(entry.at),
        "starts": wording.moment(convened_for(facts)[2]),
        "sentence": " ".join([_first(facts), *changes(facts), *_before(facts)]),
    }
    if facts.notices:
        found["notice"] = facts.notices[max(facts.notices)]
    return found


def called(facts: SittingFacts) -> str:
    """Which of two convocations it was and by which notice, such as “in prima convocazione …”."""
    entry, convened = facts.first(SittingConvened)
    at, starts = wording.moment(entry.at), wording.moment(convened.starts_at)
    which = "prima" if convened.second_of is None else "seconda"
    return (
        f"in {which} convocazione con avviso{_number(facts, 1)} di {at['day']} "
        f"per {starts['day']}, ore {starts['time']}"
    )


def _first(facts: SittingFacts) -> str:
    entry, _convened = facts.first(SittingConvened)
    role = facts.names.roles.get(entry.actor_id or 0, Role.SYSTEM)
    return f"Convocata{wording.CONVENED_BY.get(role, '')} {called(facts)}."


def changes(facts: SittingFacts) -> Iterator[str]:
    """A sentence for each time that the convocation was corrected or postponed."""
    for entry in facts.entries:
        event, on = entry.event, wording.moment(entry.at)["day"]
        if isinstance(event, SittingCorrected):
            by = _by_notice(facts, event.revision + 1)
            yield f"Convocazione rettificata {on}{by}: {wording.closed(event.reason)}"
        elif isinstance(event, SittingPostponed):
            to, by = wording.moment(event.starts_at), _by_notice(facts, event.revision + 1)
            why = wording.closed(event.reason)
            yield f"Seduta rinviata {on}{by} a {to['day']}, ore {to['time']}: {why}"


def _before(facts: SittingFacts) -> Iterator[str]:
    """Of a second convocation: for when the first had been, and by which notice."""
    if facts.first_call is None:
        return
    starts, notice = wording.moment(facts.first_call.starts_at), facts.first_call.notice
    by = f" (avviso n. {notice})" if notice else ""
    yield f"La prima convocazione era per {starts['day']}, ore {starts['time']}{by}."


def _by_notice(facts: SittingFacts, version: int) -> str:
    number = _number(facts, version)
    return f" con avviso{number}" if number else ""


def _number(facts: SittingFacts, version: int) -> str:
    """The number of a notice; nothing for those of before the register."""
    reference = facts.notices.get(version)
    return f" n. {reference}" if reference else ""
