"""The quorum (*numero legale*) in the wording of the minutes."""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import QuorumOfPoll, Verification, Verifications
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
    """Each verification of the quorum as {"quorum": rows}; empty if there was none."""
    rows: list[Verification] = [
        {"time": wording.moment(entry.at), "entry": entry.number, "sentence": _verified(event)}
        for entry, event in facts.each(QuorumVerified)
    ]
    return {"quorum": rows} if rows else {}


def of_poll(opened: PollOpened, closed: PollClosed | None) -> QuorumOfPoll:
    """The quorum when a poll was closed, else opened, as {"quorum": sentence}; or empty."""
    last = closed or opened
    standing = _standing(last.attendance_needed, last.attendance_there)
    if standing is None:
        return {}
    word = "raggiunto" if standing.met else "non raggiunto"
    return {"quorum": f"Numero legale {word}: {_parts(standing)}."}


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
