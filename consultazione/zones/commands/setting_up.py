"""Setting up a zone with its bodies, and its cycles with path and chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypedDict

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound, Sentence
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.zones.events import (
    BODY_DETAILS,
    CHAPTER_DETAILS,
    PHASE_DETAILS,
    PRIORITY_DETAILS,
    ZONE_DETAILS,
    CycleOpened,
    ZoneSetUp,
    zone_stream,
)
from consultazione.zones.models import (
    SIGN_OFF_DAYS,
    ApprovalWay,
    Body,
    BodyKind,
    Chapter,
    Colour,
    Cycle,
    Phase,
    PhaseKind,
    Priority,
    SignOffRule,
    WithoutQuorum,
    Zone,
    ZoneKind,
)
from consultazione.zones.slugs import check_slug


@dataclass(frozen=True, kw_only=True)
class NewBody:
    """A body of a zone about to be set up."""

    name: str
    kind: BodyKind


@dataclass(frozen=True, kw_only=True)
class NewChapter:
    """A required chapter of the plan; chapters are numbered in the order given."""

    title: str
    description: str = ""
    mandatory: bool = True


@dataclass(frozen=True, kw_only=True)
class NewPriority:
    """A priority or a need with its source and its day; ranked in the order given."""

    title: str
    source: str
    is_need: bool = False
    found_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewPhase:
    """A phase of the path, not started yet; phases follow in the order given."""

    kind: PhaseKind
    title: str
    description: str = ""
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """How a zone's pages look and whom they name; logo: as `Zone.logo`."""

    colour: Colour = Colour.BLUE
    logo: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    contact_address: str | None = None
    contact_pec: str | None = None
    contact_hours: str | None = None
    website: str | None = None
    privacy_url: str | None = None
    accessibility_url: str | None = None
    frame_hosts: str | None = None


class _Parts(TypedDict):
    """What the log says of the parts of a cycle: their numbers, and what each says."""

    chapter_ids: list[int]
    chapters: FreeText
    priority_ids: list[int]
    priorities: FreeText
    phase_ids: list[int]
    phases: FreeText


def set_up_zone(
    tx: Transaction,
    *,
    slug: str,
    name: str,
    kind: ZoneKind,
    lead_body: str,
    cycle_start: int,
    cycle_end: int,
    presentation: str = "",
    sign_off_rule: SignOffRule = SignOffRule.ALL_ANSWERED,
    without_quorum: WithoutQuorum = WithoutQuorum.MARK,
    sign_off_days: int = SIGN_OFF_DAYS,
    four_eyes: bool = False,
    correction_days: int = 0,
    approval_way: ApprovalWay = ApprovalWay.CHAIR,
    chat_kept: bool = False,
    appearance: Appearance | None = None,
    bodies: Sequence[NewBody] = (),
    chapters: Sequence[NewChapter] = (),
    priorities: Sequence[NewPriority] = (),
    phases: Sequence[NewPhase] = (),
    demo: bool = False,
) -> Zone:
    """Set up a zone and its first cycle, with bodies, chapters, priorities and phases.

    cycle_start, cycle_end: years. sign_off_days: 1 to 365; correction_days: 0 to 60. Returns the
    zone. Conflict if the slug is taken; Invalid if it is no name for addresses, or the cycle is
    empty.
    """
    require(tx.actor, Permission.SET_UP_ZONE)
    check_slug(slug)
    _check_years(cycle_start, cycle_end, field="cycle_end")
    zone = Zone(
        slug=slug,
        name=name,
        kind=kind,
        lead_body=lead_body,
        presentation=presentation,
        sign_off_rule=sign_off_rule,
        without_quorum=without_quorum,
        sign_off_days=sign_off_days,
        four_eyes=four_eyes,
        correction_days=correction_days,
        approval_way=approval_way,
        chat_kept=chat_kept,
        **asdict(appearance or Appearance()),
        demo=demo,
        created_at=tx.now,
    )
    _insert(tx, zone, "slug", _("A zone with this address has been set up already."))
    rows = [Body(zone_id=zone.id, **asdict(body)) for body in bodies]
    tx.session.add_all(rows)
    cycle = _add_cycle(tx, zone.id, cycle_start, cycle_end)
    parts = _add_parts(tx, cycle, chapters, priorities, phases)
    set_up = ZoneSetUp(
        zone_id=zone.id,
        cycle_start=cycle_start,
        cycle_end=cycle_end,
        details=ZONE_DETAILS.of(zone),
        body_ids=[row.id for row in rows],
        bodies=BODY_DETAILS.of_all(rows),
        cycle_id=cycle.id,
        **parts,
    )
    tx.record(zone_stream(zone.id), set_up)
    return zone


def open_cycle(
    tx: Transaction,
    *,
    zone_id: int,
    first_year: int,
    last_year: int,
    chapters: Sequence[NewChapter] = (),
    priorities: Sequence[NewPriority] = (),
    phases: Sequence[NewPhase] = (),
) -> Cycle:
    """Open one more cycle of a zone, with its chapters, priorities and phases, and return it.

    NotFound if there is no such zone; Conflict if it has a cycle of these years; Invalid if the
    cycle is empty.
    """
    if tx.session.get(Zone, zone_id) is None:
        raise NotFound(_("There is no such zone."))
    require(tx.actor, Permission.OPEN_CYCLE, zone_id=zone_id)
    _check_years(first_year, last_year, field="last_year")
    cycle = _add_cycle(tx, zone_id, first_year, last_year)
    parts = _add_parts(tx, cycle, chapters, priorities, phases)
    opened = CycleOpened(cycle_id=cycle.id, first_year=first_year, last_year=last_year, **parts)
    tx.record(zone_stream(zone_id), opened)
    return cycle


def _check_years(first: int, last: int, *, field: str) -> None:
    if last < first:
        raise Invalid.at(field, _("The cycle ends before it begins: correct one of the years."))


def _add_cycle(tx: Transaction, zone_id: int, first_year: int, last_year: int) -> Cycle:
    cycle = Cycle(zone_id=zone_id, first_year=first_year, last_year=last_year, opened_at=tx.now)
    _insert(tx, cycle, "first_year", _("The zone has a cycle of these years already."))
    return cycle


def _insert(tx: Transaction, row: Zone | Cycle, field: str, taken: Sentence) -> None:
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError as error:
        raise Conflict(taken, fields={field: [taken]}) from error


def _add_parts(
    tx: Transaction,
    cycle: Cycle,
    chapters: Sequence[NewChapter],
    priorities: Sequence[NewPriority],
    phases: Sequence[NewPhase],
) -> _Parts:
    """Add what belongs to a cycle; what the log says of it."""
    of = {"cycle_id": cycle.id, "zone_id": cycle.zone_id}
    first = [Chapter(**of, number=n, **asdict(c)) for n, c in enumerate(chapters, 1)]
    second = [Priority(**of, rank=n, **asdict(p)) for n, p in enumerate(priorities, 1)]
    third = [Phase(**of, rank=n, **asdict(p)) for n, p in enumerate(phases, 1)]
    tx.session.add_all([*first, *second, *third])
    tx.flush()
    return {
        "chapter_ids": [row.id for row in first],
        "chapters": CHAPTER_DETAILS.of_all(first),
        "priority_ids": [row.id for row in second],
        "priorities": PRIORITY_DETAILS.of_all(second),
        "phase_ids": [row.id for row in third],
        "phases": PHASE_DETAILS.of_all(third),
    }
