"""In which order the phases of a path follow, and which formal acts move each of them.

The approval of the accordo di programma, or of the plan by a council, ends the writing and the
approval (Unione Reno, Lavino e Samoggia, 30 July 2018); minutes of a table, or an act of who
runs the path, end the participation. A regional framework opens and closes the information and
nothing after it. Whatever moves a phase has been passed: no phase ends by the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Conflict, Invalid, Sentence
from consultazione.zones.models import Act, ActKind, Phase, PhaseKind
from consultazione.zones.written_day import written_day

# Passed by who may decide on the path itself: they can open, close, suspend and reopen.
DECIDING = frozenset(
    {ActKind.COUNCIL_VOTE, ActKind.DELIBERATION, ActKind.DETERMINATION, ActKind.UNDERSTANDING}
)
_STARTING_POINTS = frozenset({ActKind.FRAMEWORK, ActKind.COMMUNITY_PROFILE, ActKind.GUIDANCE})
_APPROVING = frozenset({ActKind.APPROVAL, ActKind.PROGRAMME_AGREEMENT})


@dataclass(frozen=True)
class Order:
    """What one kind of phase asks for.

    begun: kinds that must have begun before it. closed: kinds that must be closed before it.
    Both count as far as the path has such a phase. opened_by, closed_by: kinds of acts.
    """

    opened_by: frozenset[ActKind]
    closed_by: frozenset[ActKind]
    begun: frozenset[PhaseKind] = frozenset()
    closed: frozenset[PhaseKind] = frozenset()


# The participation waits for nothing: what it needs to know may stand elsewhere. The office
# writes while the tables still work; what is approved must be written.
ORDER: Mapping[PhaseKind, Order] = {
    PhaseKind.INFORMATION: Order(
        opened_by=_STARTING_POINTS | DECIDING,
        closed_by=_STARTING_POINTS | DECIDING | {ActKind.CONVOCATION},
    ),
    PhaseKind.PARTICIPATION: Order(
        opened_by=DECIDING | {ActKind.CONVOCATION, ActKind.GUIDANCE},
        closed_by=DECIDING | {ActKind.MINUTES},
    ),
    PhaseKind.DEFINITION: Order(
        opened_by=DECIDING | {ActKind.MINUTES},
        closed_by=DECIDING | _APPROVING,
        begun=frozenset({PhaseKind.PARTICIPATION}),
    ),
    PhaseKind.APPROVAL: Order(
        opened_by=DECIDING | _APPROVING,
        closed_by=_APPROVING | {ActKind.COUNCIL_VOTE, ActKind.DELIBERATION},
        closed=frozenset({PhaseKind.PARTICIPATION, PhaseKind.DEFINITION}),
    ),
}


def out_of_order(path: Iterable[Phase], phase: Phase) -> Sentence | None:
    """What must precede a phase and does not, by the days of the path; None if all does.

    path: the phases of its cycle. Nothing precedes a phase that has not begun.
    """
    start, asked = phase.starts_on, ORDER[phase.kind]
    if start is None:
        return None
    for other in path:
        names = {"phase": phase.title, "other": other.title}
        if other.kind in asked.begun and not _is_by(other.starts_on, start):
            return _(
                "“%(phase)s” begins after “%(other)s” has begun: let that begin first.", **names
            )
        if other.kind in asked.closed and not _is_by(other.closed_on, start):
            return _("“%(phase)s” begins after “%(other)s” is closed: close that first.", **names)
    return None


def require_order(path: Iterable[Phase], phase: Phase) -> None:
    """Conflict unless what must precede a phase does."""
    told = out_of_order(path, phase)
    if told is not None:
        raise Conflict(told)


def _is_by(day: date | None, start: date) -> bool:
    return day is not None and day <= start


def unclosed_before(path: Iterable[Phase], phase: Phase) -> Phase | None:
    """The first phase that must be closed before another and is not, or not any more."""
    asked = ORDER[phase.kind].closed
    return next((one for one in path if one.kind in asked and one.closed_on is None), None)


def require_act(act: Act | None, phase: Phase, kinds: frozenset[ActKind]) -> Act:
    """An act of the phase's cycle and of those kinds, not older than the phase; else Invalid.

    The sentence stands at `act_id`.
    """
    if act is None or act.cycle_id != phase.cycle_id:
        raise Invalid.at("act_id", _("Record the act that does this first, then choose it here."))
    if act.kind not in kinds:
        raise Invalid.at(
            "act_id",
            _("An act of this kind does not move the phase: choose one of those listed."),
        )
    if phase.begins_after(act.on_day):
        raise Invalid.at(
            "act_id",
            _("This act is of %(day)s, before the phase began: choose a later one.",
              day=written_day(act.on_day)),
        )  # fmt: skip
    return act


def acts_for(acts: Iterable[Act], phase: Phase, kinds: frozenset[ActKind]) -> list[Act]:
    """Those of some acts that could move a phase, by their kinds and days."""
    since = phase.starts_on
    return [act for act in acts if act.kind in kinds and (since is None or act.on_day >= since)]
