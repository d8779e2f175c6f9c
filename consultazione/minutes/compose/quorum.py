"""The quorum (*numero legale*) in the wording of the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from consultazione.core.events import Event
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import (
    QuorumOfPoint,
    QuorumOfPoll,
    Verification,
    Verifications,
)
from consultazione.people.models import Category
from consultazione.sittings.events import SittingOpened
from consultazione.sittings.polls.events import PollClosed, PollOpened
from consultazione.sittings.quorums.base import Standing
from consultazione.sittings.quorums.events import QuorumVerified

Counts = Mapping[str, int] | None

_COUNTED = {
    "persons": "persone presenti",
    "seats": "organizzazioni del tavolo rappresentate",
    **{category.value: wording.CATEGORIES[category].lower() for category in Category},
}


def opening(opened: SittingOpened) -> str:
    """What the chair ascertained on opening; empty for a sitting without a quorum."""
    standing = _standing(opened.attendance_needed, opened.attendance_there)
    if standing is None:
        return ""
    if standing.met:
        return f", constatata la validità della seduta ({_parts(standing)}),"
    return f", preso atto che all’apertura il numero legale non è raggiunto ({_parts(standing)}),"


def verifications(facts: SittingFacts) -> Verifications:
    """Each verification of the quorum as {"quorum": rows}; empty if there was none.

    One that found what the opening or the one before had found says nothing new: left out.
    """
    _entry, opened = facts.first(SittingOpened)
    before = _standing(opened.attendance_needed, opened.attendance_there)
    rows: list[Verification] = []
    for entry, event in facts.each(QuorumVerified):
        standing = Standing(event.needed, event.there)
        if before is None or (standing.needed, standing.there) != (before.needed, before.there):
            row: Verification = {
                "time": wording.moment(entry.at),
                "entry": entry.number,
                "sentence": _verified(event),
            }
            rows.append(row)
        before = standing
    return {"quorum": rows} if rows else {}


def of_poll(opened: PollOpened, closed: PollClosed | None) -> QuorumOfPoll:
    """The quorum when a poll was closed, else opened; empty for a sitting without one."""
    last = closed or opened
    standing = _standing(last.attendance_needed, last.attendance_there)
    return {} if standing is None else {"quorum": _stood(standing), "quorum_met": standing.met}


def until(facts: SittingFacts, moment: datetime | None) -> QuorumOfPoint:
    """The quorum as it was last recorded up to a moment, by any entry that holds it.

    moment: None for the end of the sitting. Empty for a sitting without a quorum.
    """
    last: Standing | None = None
    for entry in facts.entries:
        if moment is None or entry.at <= moment:
            last = _recorded(entry.event) or last
    return {} if last is None else {"quorum": _stood(last), "quorum_met": last.met}


def _recorded(event: Event) -> Standing | None:
    if isinstance(event, SittingOpened | PollOpened | PollClosed):
        return _standing(event.attendance_needed, event.attendance_there)
    if isinstance(event, QuorumVerified):
        return _standing(event.needed, event.there)
    return None


def _stood(standing: Standing) -> str:
    word = "raggiunto" if standing.met else "non raggiunto"
    return f"Numero legale {word}: {_parts(standing)}."


def _verified(event: QuorumVerified) -> str:
    standing = Standing(event.needed, event.there)
    if standing.met:
        return f"constatata la validità della seduta ({_parts(standing)})."
    return f"constatata la mancanza del numero legale ({_parts(standing)})."


def _standing(needed: Counts, there: Counts) -> Standing | None:
    return Standing(dict(needed), dict(there or {})) if needed else None


def _parts(standing: Standing) -> str:
    return "; ".join(
        f"{_COUNTED[name]} {standing.there[name]}, necessarie {least}"
        for name, least in standing.needed.items()
    )
