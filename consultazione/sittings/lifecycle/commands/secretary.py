"""The command that names who writes the minutes of a sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission
from consultazione.sittings.events import SecretaryNamed, sitting_stream
from consultazione.sittings.locking import lock_sitting, require_at
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.secretaries import secretaries


def name_secretary(tx: Transaction, *, sitting_id: int, person_id: int | None) -> Sitting:
    """Name who writes the minutes (*verbalizzante*); None for nobody. Idempotent.

    Before the sitting and while it goes on. Locks the sitting FOR UPDATE. Invalid unless the
    person is one of `secretaries`; Conflict once the sitting is over.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.NAME_SECRETARY, sitting)
    if sitting.state not in (SittingState.CONVENED, SittingState.OPEN):
        raise Conflict(_("The sitting is over: who wrote its minutes stays as it is."))
    if person_id == sitting.secretary_id:
        return sitting
    if person_id is not None and person_id not in dict(secretaries(tx.session, sitting)):
        raise Invalid.at(
            "person_id",
            _("Choose somebody who runs the table, the plan office, or who came to the sitting."),
        )
    sitting.secretary_id = person_id
    named = SecretaryNamed(sitting_id=sitting.id, person_id=person_id)
    tx.record(sitting_stream(sitting.id), named)
    return sitting
