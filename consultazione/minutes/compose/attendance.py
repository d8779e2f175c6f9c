"""Who attended a sitting, for whom and when; which seats stayed empty."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.hall import how_each_came
from consultazione.minutes.compose.proxies import represented
from consultazione.minutes.compose.types import AttendanceRow, CameAs, Delegated, Register
from consultazione.people.models import Category
from consultazione.sittings.attendance.events import Entered, Excused, ExcuseWithdrawn, Left
from consultazione.sittings.attendance.marks import Came, Mark, mark_all
from consultazione.sittings.events import SittingOpened
from consultazione.sittings.polls.events import PollOpened

# A connection that drops for no longer than this does not interrupt a presence.
_GAP = timedelta(minutes=1)
_ORDER = {category: rank for rank, category in enumerate(Category)}

Stay = tuple[datetime, datetime]


def attendance(facts: SittingFacts) -> Register:
    """The register of attendance: those who came (P, D), then organisations for which nobody did.

    These are present by proxy (D), absent or excused (A, G).
    """
    stays, how, weights = _stays(facts), how_each_came(facts), _weights(facts)
    present = sorted(
        (
            _present(facts, entered, stay, _came_as(facts, entered, how, weights))
            for entered, stay in stays
        ),
        key=_rank,
    )
    others = sorted(_without_anybody(facts, [entered for entered, _ in stays]), key=_rank)
    excused = sum(row["mark"] == Mark.EXCUSED for row in others)
    legend = {"P", "A", *(row["mark"] for row in present + others)}
    register: Register = {
        "rows": present + others,
        "persons": len({entered.person_id for entered, _ in stays}),
        "absent": sum(row["mark"] != Mark.BY_DELEGATE for row in others),
        "legend": [
            {"mark": mark, "word": word} for mark, word in wording.MARKS.items() if mark in legend
        ],
    }
    if excused:
        register["excused"] = excused
    return register


def joined(stays: Iterable[Stay]) -> list[Stay]:
    """The stays in order, those at most _GAP apart merged."""
    merged: list[Stay] = []
    for since, until in sorted(stays):
        if merged and since - merged[-1][1] <= _GAP:
            merged[-1] = (merged[-1][0], max(until, merged[-1][1]))
        else:
            merged.append((since, until))
    return merged


def _stays(facts: SittingFacts) -> list[tuple[Entered, list[Stay]]]:
    """Each voice that attended, and the intervals of its presence; from the opening on."""
    left = {event.attendance_id: entry.at for entry, event in facts.each(Left)}
    voices: dict[tuple[int, int | None], tuple[Entered, list[Stay]]] = {}
    for entry, event in facts.each(Entered):
        until = min(left.get(event.attendance_id, facts.closed_at), facts.closed_at)
        since = max(entry.at, facts.opened_at)
        if until < since:
            continue  # waited for the opening, and left before it
        voice = voices.setdefault((event.person_id, event.mandate_id), (event, []))
        voice[1].append((since, max(since, until)))
    return [(event, joined(stays)) for event, stays in voices.values()]


def _present(
    facts: SittingFacts, entered: Entered, stays: list[Stay], came: CameAs
) -> AttendanceRow:
    return {
        **came,
        "mark": _came(facts, entered).mark.value,
        "person": facts.names.person(entered.person_id),
        **_delegated(facts, entered),
        "presides": entered.person_id == facts.first(SittingOpened)[1].presided_by,
        "organisation": facts.names.organisation(entered.mandate_id),
        "category": entered.category.value,
        "category_name": wording.IN_CHARGE
        if entered.in_charge
        else wording.CATEGORIES[entered.category],
        "intervals": [
            {"from": wording.moment(since), "to": wording.moment(until)} for since, until in stays
        ],
        "duration": wording.duration(
            sum((until - since for since, until in stays), start=timedelta())
        ),
    }


def _came_as(
    facts: SittingFacts,
    entered: Entered,
    how: Mapping[tuple[int, int | None], str],
    weights: Mapping[int, int],
) -> CameAs:
    """In which office they came and how; the weight where votes were weighted."""
    role = facts.names.roles.get(entered.person_id)
    alone = wording.ALONE if role is None else wording.OFFICES.get(role, wording.ALONE)
    came: CameAs = {
        "office": alone if entered.mandate_id is None else wording.FOR_AN_ORGANISATION,
        "how": how[entered.person_id, entered.mandate_id],
    }
    weight = weights.get(facts.names.mandates.get(entered.mandate_id or 0, 0))
    if weight is not None:
        came["weight"] = weight
    return came


def _weights(facts: SittingFacts) -> dict[int, int]:
    """The weight of each organisation in the last weighted vote; empty if there was none."""
    weighted = [event.weights for _, event in facts.each(PollOpened) if event.weights]
    return {int(key): weight for key, weight in weighted[-1].items()} if weighted else {}


def _came(facts: SittingFacts, entered: Entered) -> Came:
    """The organisation that somebody came for and its mandate's holder; themselves if none."""
    names, mandate_id = facts.names, entered.mandate_id or 0
    holder = names.holders.get(mandate_id, entered.person_id)
    return Came(names.mandates.get(mandate_id, 0), entered.person_id, holder)


def _delegated(facts: SittingFacts, entered: Entered) -> Delegated:
    came = _came(facts, entered)
    return {"delegated_by": facts.names.person(came.holder_id)} if came.by_delegate else {}


def _excuses(facts: SittingFacts) -> set[tuple[int, int | None]]:
    """The excuses not withdrawn, as pairs of organisation id and person id."""
    excuses: set[tuple[int, int | None]] = set()
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, Excused):
            excuses.add((event.organisation_id, event.person_id))
        elif isinstance(event, ExcuseWithdrawn):
            excuses.discard((event.organisation_id, event.person_id))
    return excuses


def _without_anybody(facts: SittingFacts, came: Sequence[Entered]) -> list[AttendanceRow]:
    """The organisations with a seat for which nobody came."""
    expected = {key: facts.names.delegates.get(key, ()) for key in facts.names.seated}
    arrivals = [_came(facts, entered) for entered in came]
    there = {arrival.organisation_id for arrival in arrivals}
    marked = mark_all(expected, arrivals, _excuses(facts), represented(facts))
    missing = [
        (facts.names.organisations[seat.organisation_id], seat.mark)
        for seat in marked
        if seat.organisation_id not in there
    ]
    return [
        {
            "mark": mark.value,
            "person": None,
            "presides": False,
            "organisation": organisation.name,
            "category": organisation.category.value,
            "category_name": wording.CATEGORIES[organisation.category],
            "intervals": [],
            "duration": wording.duration(timedelta()),
        }
        for organisation, mark in missing
    ]


def _rank(row: AttendanceRow) -> tuple[int, str, str]:
    """The sort key of a row: category, then organisation and name, accents ignored."""
    category = _ORDER[Category(row["category"])]
    return category, plain(row["organisation"] or ""), plain(row["person"] or "")


def plain(name: str) -> str:
    """A name as it is sorted: without capitals and accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
