"""Noting that a passkey was used: a part of the command whose act it signs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.people.passkeys.ceremony import Used
from consultazione.people.passkeys.models import Passkey


def note_use(tx: Transaction, used: Used, *, person_id: int | None = None) -> None:
    """Note that a passkey of a person's was used; of the actor's if none is named.

    Locks it FOR UPDATE, so that a device's count is taken once. Conflict if it is gone, somebody
    else's, or was used further meanwhile.
    """
    passkey = tx.session.get(Passkey, used.passkey_id, with_for_update=True, populate_existing=True)
    is_own = passkey is not None and passkey.person_id == (person_id or tx.actor.person_id)
    if passkey is None or not is_own or (used.uses and used.uses <= passkey.uses):
        raise Conflict(_("This passkey cannot be used any more: use it once more, or another."))
    passkey.uses, passkey.used_at = used.uses, tx.now
