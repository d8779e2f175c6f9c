"""Composes the facts of minutes from the log entries of a sitting: a pure function.

Equal entries and names give equal bytes: nothing here reads the clock, the database or the
reader's language. The result is one view model of JSON values, which both the page and the
PDF show.
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
    """The facts of a closed sitting's minutes; LookupError if the sitting is not closed."""
    spoken, polls = speeches(facts), poll_rows(facts)
    return {
        "format": FORMAT,
        "demo": facts.demo,
        **_heading(facts),
        "convocation": _convocation(facts),
        **_course(facts),
        **quorum.verifications(facts),
        "attendance": attendance(facts),
        "breaks": breaks(facts),
        "agenda": agenda(facts, spoken, polls),
        "outside": on_point(facts, None, spoken, polls),
        "speaking": speaking_time(spoken),
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
    """When the sitting was convened and for when, and the role of who convened it."""
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
    """The chair, the opening and closing moments, and the sentences that record them."""
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
