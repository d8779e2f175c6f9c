"""The third question of rights, beside who and where: is it the time for this?

Commands ask `require_when` next to `require`; pages ask `barred` before they draw a form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Sentence
from consultazione.core.permissions import Permission
from consultazione.zones.models import Phase, PhaseKind
from consultazione.zones.phases.models import PhaseHold
from consultazione.zones.phases.order import ORDER
from consultazione.zones.phases.rules import RULES, Rule
from consultazione.zones.queries import is_past
from consultazione.zones.written_day import written_day


@dataclass(frozen=True)
class Path:
    """The phases of a cycle on a day, with what suspends them.

    is_now: True unless the day is one of the past, of which an import tells.
    """

    phases: Sequence[Phase]
    holds: Sequence[PhaseHold]
    day: date
    is_now: bool
    is_past: bool

    @property
    def has_begun(self) -> bool:
        """True once a phase has begun: until then the path bars nothing."""
        return any(one.starts_on is not None and one.starts_on <= self.day for one in self.phases)

    def of_kind(self, kind: PhaseKind) -> Phase | None:
        """The path's phase of a kind; None if it has none."""
        return next((one for one in self.phases if one.kind is kind), None)

    def hold_on(self, phase: Phase) -> PhaseHold | None:
        """What suspends a phase that day; None if nothing does."""
        found = (hold for hold in self.holds if hold.phase_id == phase.id)
        return next((hold for hold in found if hold.is_in_force(self.day)), None)

    def goes_on(self, phase: Phase) -> bool:
        """True if the phase has begun and is not closed, suspended or not.

        The day of its closing is over with the closing; what an import tells of that day came
        before it.
        """
        closed_today = phase.closed_on == self.day and phase.starts_on is not None
        return self._is_open(phase) or (closed_today and not self.is_now)

    def awaited_by(self, phase: Phase) -> Phase | None:
        """A phase that had to be closed before this one and was reopened; None if none was."""
        asked = ORDER[phase.kind].closed
        return next((one for one in self.phases if one.kind in asked and self._is_open(one)), None)

    def _is_open(self, phase: Phase) -> bool:
        begun = phase.starts_on is not None and phase.starts_on <= self.day
        return begun and (phase.closed_on is None or self.day < phase.closed_on)


def require_when(tx: Transaction, permission: Permission, cycle_id: int) -> None:
    """Conflict, with the phase and the remedy, unless it is the time for a command in a cycle.

    Holds the phases as they are until the end of the transaction (FOR SHARE), so that none is
    closed meanwhile. What an import replays is judged by its own day.
    """
    told = barred_by(permission, read_path(tx.session, cycle_id, at=tx.now, hold=True))
    if told is not None:
        raise Conflict(told)


def barred(session: Session, permission: Permission, cycle_id: int) -> Sentence | None:
    """Why a command would be refused now in a cycle, for pages; None if it would not."""
    return barred_by(permission, read_path(session, cycle_id, at=clock.now()))


def read_path(session: Session, cycle_id: int, *, at: datetime, hold: bool = False) -> Path:
    """The path of a cycle at a moment. hold: lock its phases FOR SHARE."""
    query = select(Phase).where(Phase.cycle_id == cycle_id).order_by(Phase.rank)
    if hold:
        query = query.with_for_update(read=True).execution_options(populate_existing=True)
    rows = list(session.scalars(query))
    suspended = select(PhaseHold).where(PhaseHold.phase_id.in_([row.id for row in rows]))
    day = clock.in_rome(at).date()
    return Path(
        rows,
        list(session.scalars(suspended)),
        day,
        is_now=day >= clock.today(),
        is_past=is_past(session, cycle_id, at=at),
    )


def barred_by(permission: Permission, path: Path) -> Sentence | None:
    """Why a path bars a command; None if it admits it."""
    rule = RULES.get(permission)
    if rule is None or rule.during is None:
        return None
    if path.is_past and not rule.in_past:
        return _PAST
    own = path.of_kind(rule.during)
    if own is None or not path.has_begun or _is_time(rule, path):
        return None
    return _told(rule.during, own, path)


def _is_time(rule: Rule, path: Path) -> bool:
    kinds = {rule.during, *rule.also}
    return any(
        path.goes_on(one) and not path.hold_on(one) and not path.awaited_by(one)
        for one in path.phases
        if one.kind in kinds
    )


def _told(kind: PhaseKind, own: Phase, path: Path) -> Sentence:
    """What is said of the phase that a command belongs to, and what can be done."""
    name, hold = own.title, path.hold_on(own)
    if not path.goes_on(own):
        if own.closed_on is None:
            return _to_come(own, path)
        return _OVER[kind](phase=name, day=written_day(own.closed_on))
    if hold is not None:
        return _(
            "The phase “%(phase)s” is suspended until %(day)s by an act, “%(act)s”: try again"
            " after that day, or read on the page of the path why.",
            phase=name, day=written_day(hold.until), act=hold.act.title,
        )  # fmt: skip
    other = path.awaited_by(own)
    return _(
        "The phase “%(phase)s” waits until “%(other)s”, which goes on, is closed by an act.",
        phase=name, other=other.title if other else "",
    )  # fmt: skip


def _to_come(own: Phase, path: Path) -> Sentence:
    if own.starts_on is not None and own.starts_on > path.day:
        return _(
            "The phase “%(phase)s” begins on %(day)s: come back on that day.",
            phase=own.title, day=written_day(own.starts_on),
        )  # fmt: skip
    return _(
        "The phase “%(phase)s” has not begun: the plan office lets it begin on the page of the"
        " path.",
        phase=own.title,
    )


# What is said once the phase of a command is closed: `phase` is its title, `day` the closing.
_OVER: dict[PhaseKind, Callable[..., Sentence]] = {
    PhaseKind.PARTICIPATION: lambda **told: _(
        "The phase “%(phase)s” was closed on %(day)s: proposals, comments and supports are taken"
        " again if the plan office reopens it by an act.",
        **told,
    ),
    PhaseKind.DEFINITION: lambda **told: _(
        "The phase “%(phase)s” was closed on %(day)s: the plan is written and answered in again"
        " if the plan office reopens it by an act.",
        **told,
    ),
    PhaseKind.APPROVAL: lambda **told: _(
        "The phase “%(phase)s” was closed on %(day)s: the plan can be approved if the plan office"
        " reopens it by an act.",
        **told,
    ),
}
_PAST = _(
    "This cycle is past: proposals, comments and supports go to the plan that is being written."
)
