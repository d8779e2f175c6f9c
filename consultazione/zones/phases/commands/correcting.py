"""Correcting what the path says of a phase: what it said before stays readable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import EllipsisType

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.core.revisions import require_latest
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Act, Phase
from consultazione.zones.phases.events import PhaseCorrected
from consultazione.zones.phases.models import PhaseVersion
from consultazione.zones.phases.order import out_of_order, require_order
from consultazione.zones.phases.steps import (
    phase_in_hand,
    require_begun_before,
    require_closing_day,
)

_FIELDS = ("title", "description", "starts_on", "closed_on")


def correct_phase(
    tx: Transaction,
    *,
    phase_id: int,
    version: int,
    reason: str,
    title: str,
    description: str,
    starts_on: date | EllipsisType | None = ...,
    closed_on: date | EllipsisType | None = ...,
) -> Phase:
    """Correct title, description and days of a phase, for a reason that everybody can read.

    version: the one that was read. A day that is not given stays as it is. starts_on: None takes
    a beginning back that was a mistake; a phase that is closed keeps one. closed_on: only of a
    phase that is closed. NotFound if there is no such phase; Overtaken if somebody has corrected
    it since; Conflict if the phases would not follow in their order; Invalid, naming the field,
    if nothing changes or a day is none.
    """
    phase, path = phase_in_hand(tx, phase_id, Permission.CORRECT_PHASE)
    before = {name: getattr(phase, name) for name in _FIELDS}
    require_latest(read=version, version=phase.version, now=before)
    starts_on, closed_on = _or(starts_on, phase.starts_on), _or(closed_on, phase.closed_on)
    after = {
        "title": title, "description": description, "starts_on": starts_on,
        "closed_on": closed_on,
    }  # fmt: skip
    if before == after:
        raise Invalid.at("title", _("Nothing differs from what the path says already."))
    _check_days(phase, starts_on, closed_on)
    astray = {one.id for one in path if out_of_order(path, one)}
    tx.session.add(
        PhaseVersion(
            phase_id=phase.id, version=version, reason=reason, replaced_at=tx.now, **before
        )
    )
    for name, value in after.items():
        setattr(phase, name, value)
    if starts_on is None:
        phase.opening_act_id = None
    _check_path(tx, [one for one in path if one.id not in astray], path, phase)
    phase.version += 1
    tx.record(zone_stream(phase.zone_id), _corrected(phase, version, reason))
    return phase


def _or(given: date | EllipsisType | None, stands: date | None) -> date | None:
    """A day as it was given; if it was not, as it stands."""
    return stands if isinstance(given, EllipsisType) else given


def _check_days(phase: Phase, starts_on: date | None, closed_on: date | None) -> None:
    if (closed_on is None) is not (phase.closed_on is None):
        raise Invalid.at(
            "closed_on", _("An act closes a phase or reopens it: here only its day is corrected.")
        )
    if (phase.starts_on is None) and starts_on is not None:
        raise Invalid.at("starts_on", _("This phase has not begun: let it begin first."))
    if starts_on is None and closed_on is not None:
        raise Invalid.at("starts_on", _("A phase that was closed has begun: give its first day."))


def _check_path(
    tx: Transaction, in_order: Sequence[Phase], path: Sequence[Phase], phase: Phase
) -> None:
    """The days of a corrected phase against its act, and against those that were in order."""
    if phase.closed_on is not None and phase.closing_act_id is not None:
        act = tx.session.get_one(Act, phase.closing_act_id)
        require_begun_before(phase, act)
        require_closing_day(phase, act, phase.closed_on, today=tx.today)
    for one in in_order:
        require_order(path, one)


def _corrected(phase: Phase, version: int, reason: str) -> PhaseCorrected:
    return PhaseCorrected(
        phase_id=phase.id,
        version=version,
        title=FreeText(phase.title),
        description=FreeText(phase.description),
        starts_on=phase.starts_on,
        closed_on=phase.closed_on,
        reason=FreeText(reason),
    )
