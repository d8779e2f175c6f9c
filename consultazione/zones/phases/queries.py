"""Queries on phases: their earlier versions, reopenings and suspensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.zones.models import Phase
from consultazione.zones.phases.models import PhaseHold, PhaseReopening, PhaseVersion

T = TypeVar("T", PhaseVersion, PhaseReopening, PhaseHold)


def phase_versions(session: Session, phase_ids: Sequence[int]) -> dict[int, list[PhaseVersion]]:
    """What the path said of some phases before each correction, by phase, the latest first."""
    query = (
        select(PhaseVersion)
        .where(PhaseVersion.phase_id.in_(phase_ids))
        .order_by(PhaseVersion.version.desc())
    )
    return _by_phase(session.scalars(query).all())


def reopenings(session: Session, phase_ids: Sequence[int]) -> dict[int, list[PhaseReopening]]:
    """How some phases were reopened, by phase, in the order of events."""
    query = (
        select(PhaseReopening)
        .options(joinedload(PhaseReopening.act))
        .where(PhaseReopening.phase_id.in_(phase_ids))
        .order_by(PhaseReopening.id)
    )
    return _by_phase(session.scalars(query).all())


def holds(session: Session, phase_ids: Sequence[int]) -> dict[int, list[PhaseHold]]:
    """What has suspended some phases, by phase, in the order of events."""
    query = (
        select(PhaseHold)
        .options(joinedload(PhaseHold.act))
        .where(PhaseHold.phase_id.in_(phase_ids))
        .order_by(PhaseHold.id)
    )
    return _by_phase(session.scalars(query).all())


def get_hold(session: Session, phase_id: int, hold_id: int) -> PhaseHold:
    """A suspension of a phase by its id; NotFound if there is none."""
    found = session.get(PhaseHold, hold_id)
    if found is None or found.phase_id != phase_id:
        raise NotFound(_("There is no such suspension."))
    return found


def path_of(session: Session, cycle_id: int) -> list[Phase]:
    """The phases of a cycle in their order, as they are in this moment, held until the end."""
    query = select(Phase).where(Phase.cycle_id == cycle_id).order_by(Phase.rank).with_for_update()
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _by_phase(rows: Sequence[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(row.phase_id, []).append(row)
    return found
