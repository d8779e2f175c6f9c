"""The zone's side: its one answer to a project, always with a reason.

Each command locks the forward FOR UPDATE. All raise NotFound if the zone has no such project,
NotAllowed without the permission of the same name in that zone, and Conflict if it has been
answered.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.provincial.events import (
    ProjectAccepted,
    ProjectAnswered,
    ProjectRefused,
)
from consultazione.provincial.models import ForwardState, ProjectForward
from consultazione.zones.events import territory_stream, zone_stream


def accept_project(tx: Transaction, *, forward_id: int, reason: str) -> ProjectForward:
    """Accept a project into the cycle to which it was forwarded; the reason says for what."""
    forward = _locked(tx, forward_id, Permission.ACCEPT_PROJECT)
    _settle(tx, forward, ForwardState.ACCEPTED, reason)
    accepted = ProjectAccepted(
        project_id=forward.project_id, forward_id=forward.id, reason=FreeText(reason)
    )
    tx.record(zone_stream(forward.zone_id), accepted)
    return forward


def refuse_project(tx: Transaction, *, forward_id: int, reason: str) -> ProjectForward:
    """Refuse a project, with a reason that the territory and everybody else read."""
    forward = _locked(tx, forward_id, Permission.REFUSE_PROJECT)
    _settle(tx, forward, ForwardState.REFUSED, reason)
    refused = ProjectRefused(
        project_id=forward.project_id, forward_id=forward.id, reason=FreeText(reason)
    )
    tx.record(zone_stream(forward.zone_id), refused)
    return forward


def _locked(tx: Transaction, forward_id: int, permission: Permission) -> ProjectForward:
    forward = tx.session.get(ProjectForward, forward_id, with_for_update={"of": ProjectForward})
    if forward is None:
        raise NotFound(_("The zone has received no such project."))
    require(tx.actor, permission, zone_id=forward.zone_id)
    if forward.state is not ForwardState.WAITING:
        raise Conflict(_("The zone has answered this project, and the answer stands."))
    return forward


def _settle(tx: Transaction, forward: ProjectForward, state: ForwardState, reason: str) -> None:
    """Write the answer down, and tell the territory."""
    if not reason.strip():
        raise Invalid.at("reason", _("Write the reason: those who proposed it will read it."))
    forward.state, forward.reason, forward.answered_at = state, reason, tx.now
    answered = ProjectAnswered(
        project_id=forward.project_id,
        forward_id=forward.id,
        zone_id=forward.zone_id,
        state=state,
    )
    tx.record(territory_stream(forward.project.territory_id), answered)
