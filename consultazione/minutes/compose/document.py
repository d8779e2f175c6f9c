"""From the entries of a sitting to the facts of its minutes: a pure function.

The same entries and names give the same bytes: nothing here reads a clock, a database or
the reader's language. What comes out is one view model of JSON values, which the page and
the PDF both show.
"""

from __future__ import annotations

from consultazione.core.actor import Role
from consultazione.minutes.compose import quorum, wording
from consultazione.minutes.compose.agenda import agenda, breaks, on_point
from consultazione.minutes.compose.attendance import attendance
from consultazione.minutes.compose.commitments import commitments
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.polls import poll_rows
from consultazione.minutes.compose.speeches import speaking_time, speeches
from consultazione.minutes.compose.types import Convocation, Course, Heading, MinutesFacts
from consultazione.sittings.events import SittingConvened, SittingOpened

FORMAT = "verbale/1"


def compose(facts: SittingFacts) -> MinutesFacts:
    """The facts of a closed sitting's minutes; LookupError if it was never closed."""
    found, polls = speeches(facts), poll_rows(facts)
    return {
        "format": FORMAT,
        "demo": facts.demo,
        **_heading(facts),
        "convocation": _convocation(facts),
        **_course(facts),
        **quorum.verifications(facts),
        "attendance": attendance(facts),
        "breaks": breaks(facts),
        "agenda": agenda(facts, found, polls),
        "outside": on_point(facts, None, found, polls),
        "speaking": speaking_time(found),
        **commitments(facts),
    }


def _heading(facts: SittingFacts) -> Heading:
    _entry, convened = facts.first(SittingConvened)
    return {
        "sitting_id": facts.sitting_id,
        "zone": facts.zone,
        "cycle": facts.cycle,
        "table": {"id": facts.table_id, "name": facts.table},
        "heading": f"Verbale della seduta del tavolo «{facts.table}»",
        "plan": f"Piano di zona {facts.cycle}",
        "title": wording.text(convened.title),
        "place": wording.text(convened.place),
    }


def _convocation(facts: SittingFacts) -> Convocation:
    """When the sitting was convened, for when, and in which role somebody did so."""
    entry, convened = facts.first(SittingConvened)
    at, starts = wording.moment(entry.at), wording.moment(convened.starts_at)
    role = facts.names.roles.get(entry.actor_id or 0, Role.SYSTEM)
    who = wording.CONVENED_BY.get(role, "")
    return {
        "at": at,
        "starts": starts,
        "sentence": f"Convocata{who} {at['day']} per {starts['day']}, ore {starts['time']}.",
    }


def _course(facts: SittingFacts) -> Course:
    """Who presided, from when to when, and the sentences that open and close the record."""
    entry, opened = facts.first(SittingOpened)
    since, until = wording.moment(entry.at), wording.moment(facts.closed_at)
    presiding = facts.names.person(opened.presided_by)
    validity = quorum.opening(opened) or " e"
    return {
        "opened": since,
        "closed": until,
        "duration": wording.duration(facts.closed_at - entry.at),
        "presiding": {"person": presiding, "role": wording.PRESIDES_AS},
        "opening": f"Il giorno {since['day']}, alle ore {since['time']}, {presiding}, "
        f"{wording.PRESIDES_AS}, presiede la seduta{validity} dà avvio ai lavori.",
        "closing": f"Alle ore {until['time']} la seduta è chiusa.",
    }
