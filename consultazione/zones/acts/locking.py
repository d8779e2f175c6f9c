"""Finding the act, the step or the signatory that a command works on, and locking it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.zones.acts.models import ApprovalStep, Signatory
from consultazione.zones.models import Act


def locked_act(tx: Transaction, act_id: int, permission: Permission) -> Act:
    """An act, locked FOR UPDATE, for who has a permission in its zone.

    NotFound if there is none; NotAllowed without the permission.
    """
    act = tx.session.get(Act, act_id, with_for_update=True)
    if act is None:
        raise NotFound(_("There is no such act."))
    require(tx.actor, permission, zone_id=act.zone_id)
    return act


def step_of_act(tx: Transaction, step_id: int, permission: Permission) -> tuple[ApprovalStep, Act]:
    """A step of approval with its act, which is locked; as `locked_act`."""
    step = tx.session.get(ApprovalStep, step_id)
    if step is None:
        raise NotFound(_("There is no such step."))
    act = locked_act(tx, step.act_id, permission)
    tx.session.refresh(step)
    return step, act


def signatory_of_act(
    tx: Transaction, signatory_id: int, permission: Permission
) -> tuple[Signatory, Act]:
    """A signatory, locked FOR UPDATE, with its act, which is locked; as `locked_act`."""
    signatory = tx.session.get(Signatory, signatory_id, with_for_update=True)
    if signatory is None:
        raise NotFound(_("There is no such signatory."))
    return signatory, locked_act(tx, signatory.act_id, permission)
