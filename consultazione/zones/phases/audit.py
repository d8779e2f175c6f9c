"""What phases must say by the zone's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    ITEM,
    NOTHING,
    Audit,
    Folded,
    Is,
    Past,
    Said,
    adds,
    adds_each,
    does,
    each_detail,
    foretells,
    foretells_each,
    one_after,
    owners,
    register,
    sets,
)
from consultazione.core.clock import in_rome
from consultazione.zones.events import PHASE_DETAILS
from consultazione.zones.models import Phase
from consultazione.zones.phases.models import PhaseHold, PhaseReopening, PhaseVersion


def _day(entry: Past, _said: Said) -> object:
    return in_rome(entry.at).date()


def _no_act_without_start(entry: Past, _said: Said) -> object:
    return None if entry.data["starts_on"] is None else NOTHING


_PHASE = {"id": "phase_id"}
_BEGIN = ("zone.set_up", "cycle.opened")
PHASE = Audit(
    Phase,
    adds_each(
        _BEGIN,
        "phase_ids",
        id=ITEM,
        cycle_id="cycle_id",
        starts_on=Is(None),
        closed_on=Is(None),
        due_on=Is(None),
        opening_act_id=Is(None),
        closing_act_id=Is(None),
        version=Is(1),
        **each_detail(PHASE_DETAILS, "phases"),
    ),
    sets("phase.opened", **_PHASE, starts_on="starts_on", opening_act_id="act_id"),
    sets("phase.deadline_set", **_PHASE, due_on="due_on"),
    sets("phase.closed", **_PHASE, closed_on="closed_on", closing_act_id="act_id"),
    sets("phase.reopened", **_PHASE, closed_on=Is(None), closing_act_id=Is(None)),
    sets(
        "phase.corrected",
        **_PHASE,
        title="title",
        description="description",
        starts_on="starts_on",
        closed_on="closed_on",
        version=one_after("version"),
        opening_act_id=_no_act_without_start,
    ),
    begun=False,  # Of those of before, the entry of their cycle says nothing.
    told=Phase.cycle_id.in_(owners("zone", "cycle_id", "phase_ids", _BEGIN)),
)
_FIRST = each_detail(PHASE_DETAILS, "phases")
PHASE_VERSION = Audit(
    PhaseVersion,
    adds(
        "phase.corrected", phase_id="phase_id", version="version", reason="reason", replaced_at=AT
    ),
    foretells_each(
        _BEGIN,
        "phase_ids",
        phase_id=ITEM,
        version=Is(1),
        **{name: _FIRST[name] for name in ("title", "description")},
    ),
    foretells(
        "phase.corrected",
        phase_id="phase_id",
        version=one_after("version"),
        title="title",
        description="description",
    ),
    key=("phase_id", "version"),
)


def _reopened(rows: Folded, entry: Past) -> None:
    key = (entry.data["phase_id"], entry.data["act_id"], in_rome(entry.at).date())
    rows.say(key, entry, reason=entry.data["reason"])


REOPENING = Audit(
    PhaseReopening,
    does("phase.reopened", _reopened, reason="reason"),
    key=("phase_id", "act_id", "reopened_on"),
)
HOLD = Audit(
    PhaseHold,
    adds(
        "phase.suspended",
        id="hold_id",
        phase_id="phase_id",
        act_id="act_id",
        from_day=_day,
        until="until",
        reason="reason",
        lifted_on=Is(None),
        lifted_reason=Is(None),
    ),
    sets("phase.resumed", id="hold_id", lifted_on=_day, lifted_reason="reason"),
)

register("zone", audits=(PHASE, PHASE_VERSION, REOPENING, HOLD), apart=True)
