"""Who was at a sitting, for whom and from when to when; who had a seat and did not come."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from consultazione.minutes import wording
from consultazione.minutes.facts import SittingFacts
from consultazione.people.models import Category
from consultazione.sittings.events import Entered, Left, SittingOpened

# A connection that drops and comes back within this time did not leave the sitting.
_GAP = timedelta(minutes=1)
_ORDER = {category: rank for rank, category in enumerate(Category)}

Stay = tuple[datetime, datetime]


def attendance(facts: SittingFacts) -> dict[str, Any]:
    """The register of attendance: those present (P), then organisations that were absent (A)."""
    stays = _stays(facts)
    present = [_present(facts, entered, stay) for entered, stay in stays]
    absent = _absent(facts, {facts.names.mandates.get(e.mandate_id or 0) for e, _ in stays})
    return {
        "rows": sorted(present, key=_rank) + sorted(absent, key=_rank),
        "persons": len({entered.person_id for entered, _ in stays}),
        "absent": len(absent),
        "legend": [{"mark": mark, "word": word} for mark, word in wording.MARKS.items()],
    }


def joined(stays: Iterable[Stay]) -> list[Stay]:
    """The same stays in order, those that all but touch made one."""
    found: list[Stay] = []
    for since, until in sorted(stays):
        if found and since - found[-1][1] <= _GAP:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        else:
            found.append((since, until))
    return found


def _stays(facts: SittingFacts) -> list[tuple[Entered, list[Stay]]]:
    """Each person with the mandate they held, and the intervals of their presence."""
    left = {event.attendance_id: entry.at for entry, event in facts.each(Left)}
    voices: dict[tuple[int, int | None], tuple[Entered, list[Stay]]] = {}
    for entry, event in facts.each(Entered):
        until = min(left.get(event.attendance_id, facts.closed_at), facts.closed_at)
        voice = voices.setdefault((event.person_id, event.mandate_id), (event, []))
        voice[1].append((entry.at, max(entry.at, until)))
    return [(event, joined(stays)) for event, stays in voices.values()]


def _present(facts: SittingFacts, entered: Entered, stays: list[Stay]) -> dict[str, Any]:
    return {
        "mark": "P",
        "person": facts.names.person(entered.person_id),
        "presides": entered.person_id == facts.first(SittingOpened)[1].presided_by,
        "organisation": facts.names.organisation(entered.mandate_id),
        "category": entered.category.value,
        "category_name": wording.CATEGORIES[entered.category],
        "intervals": [
            {"from": wording.moment(since), "to": wording.moment(until)} for since, until in stays
        ],
        "duration": wording.duration(
            sum((until - since for since, until in stays), start=timedelta())
        ),
    }


def _absent(facts: SittingFacts, came: set[int | None]) -> list[dict[str, Any]]:
    missing = [facts.names.organisations[key] for key in facts.names.seated if key not in came]
    return [
        {
            "mark": "A",
            "person": None,
            "presides": False,
            "organisation": organisation.name,
            "category": organisation.category.value,
            "category_name": wording.CATEGORIES[organisation.category],
            "intervals": [],
            "duration": wording.duration(timedelta()),
        }
        for organisation in missing
    ]


def _rank(row: dict[str, Any]) -> tuple[int, str, str]:
    """By category, then organisation and name as a dictionary orders them."""
    category = _ORDER[Category(row["category"])]
    return category, _plain(row["organisation"] or ""), _plain(row["person"] or "")


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
