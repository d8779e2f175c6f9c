"""The command that annuls a document in the register."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.documents.events import RegistrationAnnulled, register_stream
from consultazione.documents.models import Registration


def annul_registration(tx: Transaction, *, registration_id: int, reason: str) -> Registration:
    """Annul a document in the register, with the reason; number, digest and text stay readable.

    As DPR 445/2000, 54 has it: what is annulled stays, with day, operator and reason. Locks the
    registration FOR UPDATE. NotFound if there is none; Conflict if it is annulled already; Invalid
    without a reason.
    """
    registration = tx.session.get(
        Registration, registration_id, with_for_update={"of": Registration}
    )
    if registration is None:
        raise NotFound(_("There is no such document in the register."))
    require(tx.actor, Permission.ANNUL_REGISTRATION, zone_id=registration.zone_id)
    if registration.annulled_at is not None:
        raise Conflict(_("This document is annulled already."))
    if not reason.strip():
        raise Invalid.at("reason", _("Write why the document is annulled: everybody reads it."))
    registration.annulled_at, registration.annulled_reason = tx.now, reason
    registration.annulled_by = tx.actor.person_id
    tx.record(
        register_stream(registration.zone_id),
        RegistrationAnnulled(registration_id=registration.id, reason=FreeText(reason)),
    )
    return registration
