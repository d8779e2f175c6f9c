"""Setting up a zone with its bodies, path and chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.zones.events import ZoneSetUp, zone_stream
from consultazione.zones.models import (
    Body,
    BodyKind,
    Chapter,
    Phase,
    PhaseKind,
    Priority,
    SignOffRule,
    Zone,
    ZoneKind,
)


@dataclass(frozen=True, kw_only=True)
class NewBody:
    """A public body of a zone about to be set up."""

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
    """A priority or a need with its source; ranked in the order given."""

    title: str
    source: str
    is_need: bool = False


@dataclass(frozen=True, kw_only=True)
class NewPhase:
    """A phase of the path, not started yet; phases follow in the order given."""

    kind: PhaseKind
    title: str
    description: str = ""
    demo: bool = False


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
    bodies: Sequence[NewBody] = (),
    chapters: Sequence[NewChapter] = (),
    priorities: Sequence[NewPriority] = (),
    phases: Sequence[NewPhase] = (),
    demo: bool = False,
) -> Zone:
    """Set up a zone with its cycle, bodies, chapters, priorities and phases, and return it.

    cycle_start, cycle_end: years. Conflict if the slug is taken; Invalid if the cycle is
    empty.
    """
    require(tx.actor, Permission.SET_UP_ZONE)
    if cycle_end < cycle_start:
        raise Invalid.at("cycle_end", _("The cycle ends before it begins."))
    zone = Zone(
        slug=slug,
        name=name,
        kind=kind,
        lead_body=lead_body,
        cycle_start=cycle_start,
        cycle_end=cycle_end,
        presentation=presentation,
        sign_off_rule=sign_off_rule,
        demo=demo,
        created_at=tx.now,
    )
    _insert(tx, zone)
    _add_parts(tx, zone.id, bodies, chapters, priorities, phases)
    tx.record(zone_stream(zone.id), _set_up(zone))
    return zone


def _set_up(zone: Zone) -> ZoneSetUp:
    return ZoneSetUp(zone_id=zone.id, cycle_start=zone.cycle_start, cycle_end=zone.cycle_end)


def _insert(tx: Transaction, zone: Zone) -> None:
    try:
        with tx.session.begin_nested():
            tx.session.add(zone)
    except IntegrityError as error:
        raise Conflict(_("A zone with this address has been set up already.")) from error


def _add_parts(
    tx: Transaction,
    zone_id: int,
    bodies: Sequence[NewBody],
    chapters: Sequence[NewChapter],
    priorities: Sequence[NewPriority],
    phases: Sequence[NewPhase],
) -> None:
    rows: list[Body | Chapter | Priority | Phase] = [
        Body(zone_id=zone_id, **asdict(body)) for body in bodies
    ]
    rows += [Chapter(zone_id=zone_id, number=n, **asdict(c)) for n, c in enumerate(chapters, 1)]
    rows += [Priority(zone_id=zone_id, rank=n, **asdict(p)) for n, p in enumerate(priorities, 1)]
    rows += [Phase(zone_id=zone_id, rank=n, **asdict(p)) for n, p in enumerate(phases, 1)]
    tx.session.add_all(rows)
    tx.flush()
