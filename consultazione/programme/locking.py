"""Finding what a command on a programme works on; the money of one zone changes in turn.

A command takes the turn of its zone before it reads, so that what it finds in order is still
in order when the triggers look; and it has them look before it returns (`settle`), because the
append to the log, for which everybody waits, comes after it.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, text

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.programme.events import ProgrammeCorrected, programme_stream
from consultazione.programme.models import AnnualProgramme, Correction, Intervention

# The same number as in the triggers' function lock_money.
_MONEY = 1297043033
_SHORTEST_REASON = 10


def take_turn(tx: Transaction, zone_id: int) -> None:
    """Wait until nobody else changes the money of a zone, and let nobody until the commit."""
    tx.session.execute(select(func.pg_advisory_xact_lock(_MONEY, zone_id)))


def settle(tx: Transaction) -> None:
    """Let the database check the sums of what was changed so far."""
    tx.flush()
    tx.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    tx.session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def changed_programme(
    tx: Transaction, programme_id: int, permission: Permission
) -> AnnualProgramme:
    """A programme, in its zone's turn; NotFound if there is none."""
    programme = tx.session.get(AnnualProgramme, programme_id)
    if programme is None:
        raise NotFound(_("There is no such programme."))
    require(tx.actor, permission, zone_id=programme.zone_id)
    take_turn(tx, programme.zone_id)
    tx.session.refresh(programme)
    return programme


def intervention_in_turn(
    tx: Transaction, intervention_id: int, permission: Permission
) -> Intervention:
    """An intervention, in its zone's turn; NotFound if there is none."""
    intervention = tx.session.get(Intervention, intervention_id)
    if intervention is None:
        raise NotFound(_("There is no such intervention."))
    require(tx.actor, permission, zone_id=intervention.programme.zone_id)
    take_turn(tx, intervention.programme.zone_id)
    tx.session.refresh(intervention)
    tx.session.refresh(intervention.programme)
    return intervention


def changed_intervention(
    tx: Transaction, intervention_id: int, permission: Permission, reason: str
) -> Intervention:
    """An intervention that is about to change, in its zone's turn.

    Records a correction if its programme is approved. NotFound if there is none; Invalid on
    `reason` if a correction has none.
    """
    intervention = intervention_in_turn(tx, intervention_id, permission)
    if not intervention.programme.is_draft:
        record_correction(tx, intervention.programme, reason, intervention_id)
    intervention.updated_at = tx.now
    return intervention


def draft_intervention(
    tx: Transaction, intervention_id: int, permission: Permission
) -> Intervention:
    """An intervention of which something is about to be removed; Conflict if it is approved."""
    intervention = intervention_in_turn(tx, intervention_id, permission)
    if not intervention.programme.is_draft:
        raise Conflict(
            _("The programme is approved, and nothing is removed from it: correct it instead.")
        )
    intervention.updated_at = tx.now
    return intervention


def record_correction(
    tx: Transaction, programme: AnnualProgramme, reason: str, intervention_id: int | None = None
) -> None:
    """Note why an approved programme is changed; Invalid on `reason` if that is not said."""
    if len(reason.strip()) < _SHORTEST_REASON:
        raise Invalid.at(
            "reason", _("The programme is approved: write why it is changed, for all to read.")
        )
    row = Correction(
        programme_id=programme.id,
        intervention_id=intervention_id,
        reason=reason.strip(),
        corrected_on=tx.today,
    )
    tx.session.add(row)
    tx.flush()
    tx.record(
        programme_stream(programme.id),
        ProgrammeCorrected(
            programme_id=programme.id,
            correction_id=row.id,
            intervention_id=intervention_id,
            reason=FreeText(row.reason),
        ),
    )
