"""The addresses of the public pages of a zone, for its sitemap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.models import Outcome
from consultazione.proposals.models import STANDING, Proposal
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable

# The most that one sitemap may have (sitemaps.org, 0.9).
MOST = 50_000
_LISTS = (
    "home.show", "zones.path", "zones.calendar", "zones.library", "tables.index",
    "proposals.index", "sittings.index", "minutes.index", "outcomes.index", "documents.index",
    "plan.show", "programme.index", "memory.index",
)  # fmt: skip
_PAGES = ("contatti", "aiuto", "note-legali")


@dataclass(frozen=True)
class Address:
    """A page, and when what it shows was last changed, if that is known."""

    url: str
    changed: datetime | None = None


def addresses_of(
    session: Session, zone: str, cycles: Sequence[tuple[int, str]]
) -> Iterator[Address]:
    """The addresses of a zone's public pages, MOST at most.

    zone: its slug. cycles: their ids, with their years as addresses have them.
    """
    found = chain(
        _of_the_zone(zone),
        *(_of_a_cycle(session, zone, number, years) for number, years in cycles),
    )
    return islice(found, MOST)


def _of_the_zone(zone: str) -> Iterator[Address]:
    for endpoint in ("site.how_to", "site.glossary"):
        yield Address(url_for(endpoint, zone=zone, _external=True))
    for page in _PAGES:
        yield Address(url_for("site.page", zone=zone, page=page, _external=True))


def _of_a_cycle(session: Session, zone: str, cycle_id: int, years: str) -> Iterator[Address]:
    where = {"zone": zone, "cycle": years}
    for endpoint in _LISTS:
        yield Address(url_for(endpoint, **where, _external=True))
    for slug in session.scalars(select(ThematicTable.slug).filter_by(cycle_id=cycle_id)):
        yield Address(url_for("tables.show", **where, slug=slug, _external=True))
    for endpoint, argument, query in _OBJECTS:
        rows = session.execute(query.where(ThematicTable.cycle_id == cycle_id).limit(MOST))
        for number, changed in rows:
            where_it_is: Mapping[str, Any] = {argument: number}
            yield Address(url_for(endpoint, **where_it_is, _external=True), changed)


# The pages of objects: endpoint, argument, and the query for their ids and last changes.
_OBJECTS: tuple[tuple[str, str, Select[int, datetime | None]], ...] = (
    (
        "sittings.show",
        "sitting_id",
        select(Sitting.id, Sitting.convened_at)
        .join(Sitting.table)
        .where(Sitting.rehearses.is_(None)),
    ),
    (
        "minutes.show",
        "minutes_id",
        select(Minutes.id, Minutes.published_at)
        .join(Minutes.sitting)
        .join(Sitting.table)
        .where(Minutes.state == MinutesState.PUBLISHED),
    ),
    (
        "outcomes.show",
        "outcome_id",
        select(Outcome.id, Outcome.opened_at).join(
            ThematicTable, ThematicTable.id == Outcome.table_id
        ),
    ),
    (
        "proposals.show",
        "proposal_id",
        select(Proposal.id, Proposal.submitted_at)
        .join(Proposal.table)
        .where(Proposal.state.in_(STANDING), Proposal.hidden_at.is_(None)),
    ),
)
