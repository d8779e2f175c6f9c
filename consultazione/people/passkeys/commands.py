"""Adding and removing passkeys."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.commands.accounts import confirm_identity
from consultazione.people.credentials.identity_proof import IdentityProof
from consultazione.people.events import PasskeyAdded, PasskeyRemoved, person_stream
from consultazione.people.passkeys.ceremony import Made
from consultazione.people.passkeys.models import Passkey
from consultazione.people.second_step.models import SecondStep

ADDING = "add a passkey"
MOST = 20


def add_passkey(tx: Transaction, *, made: Made, label: str, proof: IdentityProof) -> Passkey:
    """Keep a passkey of the actor's, who has just typed their password.

    Conflict if the proof does not hold, the passkey is there already, or there are MOST of them.
    """
    require(tx.actor, Permission.ADD_PASSKEY)
    person_id = acting_person(tx.actor)
    confirm_identity(tx, proof=proof, purpose=ADDING)
    own = list(tx.session.scalars(select(Passkey.id).filter_by(person_id=person_id)))
    if len(own) >= MOST:
        raise Conflict(_("You have %(most)s passkeys: remove one first.", most=MOST))
    known = select(Passkey.id).filter_by(credential_id=made.credential_id)
    if tx.session.scalar(known) is not None:
        raise Invalid.at("assertion", _("This passkey is here already."))
    passkey = Passkey(
        person_id=person_id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        uses=made.uses,
        label=label,
        added_at=tx.now,
    )
    tx.session.add(passkey)
    tx.flush()
    tx.record(person_stream(person_id), PasskeyAdded(passkey_id=passkey.id, person_id=person_id))
    return passkey


def remove_passkey(tx: Transaction, *, passkey_id: int) -> None:
    """Remove one of the actor's passkeys; what it signed stays signed.

    Locks it FOR UPDATE. NotFound if the actor has no such passkey; Conflict for the last one if
    their second step needs it.
    """
    passkey = tx.session.get(Passkey, passkey_id, with_for_update=True)
    require(tx.actor, Permission.REMOVE_PASSKEY)
    if passkey is None or passkey.person_id != tx.actor.person_id:
        raise NotFound(_("You have no such passkey: it may be removed already."))
    _check_not_needed(tx, passkey)
    tx.session.delete(passkey)
    tx.record(
        person_stream(passkey.person_id),
        PasskeyRemoved(passkey_id=passkey.id, person_id=passkey.person_id),
    )


def _check_not_needed(tx: Transaction, passkey: Passkey) -> None:
    """Refuse to remove the only means of somebody's second step; locks the step FOR UPDATE."""
    step = tx.session.get(SecondStep, passkey.person_id, with_for_update=True)
    others = select(Passkey.id).where(
        Passkey.person_id == passkey.person_id, Passkey.id != passkey.id
    )
    if step is not None and step.secret is None and tx.session.scalar(others) is None:
        raise Conflict(
            _("You sign in with this passkey as the second step: turn the second step off first.")
        )
