"""Composes the facts of minutes from the log entries of a sitting: a pure function.

Equal entries and names give equal bytes: nothing here reads the clock, the database or the
reader's language. The result is one view model of JSON values, which both the page and the
PDF show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consultazione.minutes.compose import quorum, wording
from consultazione.minutes.compose.agenda import agenda, breaks, on_point
from consultazione.minutes.compose.attendance import attendance
from consultazione.minutes.compose.commitments import commitments
from consultazione.minutes.compose.convocation import convened_for, convocation
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.hall import mode_of
from consultazione.minutes.compose.parties import parties
from consultazione.minutes.compose.polls import poll_rows
from consultazione.minutes.compose.premises import premises
from consultazione.minutes.compose.proxies import proxy_rows
from consultazione.minutes.compose.speeches import speaking_time, speeches
from consultazione.minutes.compose.types import (
    AttendanceRow,
    Course,
    Heading,
    MinutesFacts,
    OnPoint,
    Parties,
    PointRow,
    Proxies,
)
from consultazione.minutes.compose.writing import writers
from consultazione.sittings.events import (
    RollCalled,
    SittingClosed,
    SittingOpened,
    SittingReopened,
)

# Of documents of before, "verbale/1" said lengths to the second, and no mode or documents.
FORMAT = "verbale/2"


def compose(facts: SittingFacts) -> MinutesFacts:
    """The facts of a closed sitting's minutes; LookupError if the sitting is not closed."""
    spoken, polls = speeches(facts), poll_rows(facts)
    register = attendance(facts)
    points, outside = agenda(facts, spoken, polls), on_point(facts, None, spoken, polls)
    return {
        "format": FORMAT,
        "demo": facts.demo,
        **_heading(facts),
        "convocation": convocation(facts),
        **_course(facts),
        **quorum.verifications(facts),
        "mode": mode_of(register["rows"]),
        **writers(facts),
        "attendance": register,
        **_proxies(facts),
        "breaks": breaks(facts),
        "agenda": points,
        "outside": outside,
        **_parties(facts, register["rows"], points, outside),
        "speaking": speaking_time(spoken),
        **commitments(facts),
    }


def _parties(
    facts: SittingFacts,
    rows: Sequence[AttendanceRow],
    points: Sequence[PointRow],
    outside: OnPoint,
) -> Parties:
    if not facts.is_union_table:
        return {}
    return {"premises": premises(facts, points), **parties(rows, [*points, outside])}


def _proxies(facts: SittingFacts) -> Proxies:
    rows = proxy_rows(facts)
    return {"proxies": rows} if rows else {}


def _heading(facts: SittingFacts) -> Heading:
    title, place, _starts = convened_for(facts)
    return {
        "sitting_id": facts.sitting_id,
        "zone": facts.zone,
        "cycle": facts.cycle,
        "table": {"id": facts.table_id, "name": facts.table},
        "heading": _title(facts),
        "plan": f"Piano di zona {facts.cycle}",
        "title": wording.text(title),
        "place": wording.text(place),
    }


def _title(facts: SittingFacts) -> str:
    if facts.is_union_table:
        return f"Verbale di incontro del tavolo di concertazione «{facts.table}»"
    return f"Verbale della seduta del tavolo «{facts.table}»"


def _course(facts: SittingFacts) -> Course:
    """The chair, the opening and closing moments, and the sentences that record them."""
    entry, opened = facts.first(SittingOpened)
    since, until = wording.moment(entry.at), wording.moment(facts.closed_at)
    presiding = facts.names.person(opened.presided_by)
    called = ", fatto l’appello" if any(facts.each(RollCalled)) else ""
    validity = (called + quorum.opening(opened)) or " e"
    return {
        "opened": since,
        "closed": until,
        "duration": wording.duration(facts.closed_at - entry.at),
        "presiding": {"person": presiding, "role": wording.PRESIDES_AS},
        "opening": f"Il giorno {since['day']}, alle ore {since['time']}, {presiding}, "
        f"{wording.PRESIDES_AS}, presiede la seduta{validity} dà avvio ai lavori.{_early(opened)}",
        "closing": " ".join([*_reopenings(facts), f"Alle ore {until['time']} la seduta è chiusa."]),
    }


def _early(opened: SittingOpened) -> str:
    """Why the sitting began before its day, if it did."""
    if opened.early_reason is None:
        return ""
    return f" La seduta si apre prima del giorno convocato: {wording.closed(opened.early_reason)}"


def _reopenings(facts: SittingFacts) -> Iterator[str]:
    """A sentence for each time that the sitting was closed and opened again."""
    closings = [entry.at for entry, _event in facts.each(SittingClosed)]
    for closed, (entry, event) in zip(closings, facts.each(SittingReopened), strict=False):
        since, until = wording.moment(closed), wording.moment(entry.at)
        yield (
            f"Chiusa alle ore {since['time']}, la seduta è riaperta alle ore {until['time']}: "
            f"{wording.closed(event.reason)}"
        )
