"""What the commands that move a path share: its phases in hand, the act, what is still owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.zones.models import Act, ActKind, Phase
from consultazione.zones.phases.gates import owed
from consultazione.zones.phases.order import require_act, unclosed_before
from consultazione.zones.phases.queries import path_of
from consultazione.zones.phases.when import read_path
from consultazione.zones.queries import get_phase
from consultazione.zones.written_day import written_day

# Of what is owed, how much a refusal names; the page of the path has it all.
_NAMED = 5


def phase_in_hand(
    tx: Transaction, phase_id: int, permission: Permission
) -> tuple[Phase, Sequence[Phase]]:
    """A phase and its whole path, locked FOR UPDATE.

    NotFound if there is no such phase; NotAllowed without the permission in its zone.
    """
    phase = get_phase(tx.session, phase_id)
    require(tx.actor, permission, zone_id=phase.zone_id)
    return phase, path_of(tx.session, phase.cycle_id)


def act_that(tx: Transaction, act_id: int, phase: Phase, kinds: frozenset[ActKind]) -> Act:
    """The act of a phase's cycle that moves it, locked FOR SHARE; as `require_act`."""
    act = tx.session.get(Act, act_id, with_for_update={"read": True}, populate_existing=True)
    return require_act(act, phase, kinds)


def require_begun_before(phase: Phase, act: Act) -> None:
    """Invalid on `starts_on` if a phase would begin after the act that closes it."""
    if phase.begins_after(act.on_day):
        raise Invalid.at(
            "starts_on",
            _("The act that closes the phase is of %(day)s: it began on that day or before.",
              day=written_day(act.on_day)),
        )  # fmt: skip


def require_closing_day(phase: Phase, act: Act, closed_on: date, *, today: date) -> None:
    """Invalid on `closed_on` before the phase began or its act was passed, and after today."""
    if phase.begins_after(closed_on):
        raise Invalid.at("closed_on", _("The phase began after this day."))
    if closed_on < act.on_day:
        raise Invalid.at(
            "closed_on",
            _("The act that closes the phase is of %(day)s: it did not end before.",
              day=written_day(act.on_day)),
        )  # fmt: skip
    if closed_on > today:
        raise Invalid.at(
            "closed_on", _("This day is yet to come: close the phase when it has ended.")
        )


def require_closable(tx: Transaction, path: Sequence[Phase], phase: Phase) -> None:
    """Conflict while a phase is suspended, follows on one that is open, or owes something."""
    hold = read_path(tx.session, phase.cycle_id, at=tx.now).hold_on(phase)
    if hold is not None:
        raise Conflict(
            _("This phase is suspended until %(day)s: it is closed after that.",
              day=written_day(hold.until))
        )  # fmt: skip
    before = unclosed_before(path, phase)
    if before is not None:
        raise Conflict(
            _("“%(phase)s” comes before and is open: close it first.", phase=before.title)
        )
    missing = [] if tx.actor.is_system else owed(tx.session, phase.cycle_id, phase.kind)
    if missing:
        told = " ".join(str(one.sentence) for one in missing[:_NAMED])
        raise Conflict(_("The phase cannot be closed yet. %(missing)s", missing=told))
