"""Linking one's own account to the gateway, and unlinking it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.commands.accounts import confirm_identity, end_sign_ins
from consultazione.people.credentials.identity_proof import IdentityProof
from consultazione.people.gateway.linking import link, unlink
from consultazione.people.gateway.subjects import Subject
from consultazione.people.models import Person

LINKING = "link SPID or CIE"


def link_gateway(tx: Transaction, *, subject: Subject, proof: IdentityProof) -> None:
    """Link the actor's account to a subject; proof: of its password, for LINKING.

    Conflict if either is linked already; raises what `confirm_identity` raises.
    """
    require(tx.actor, Permission.LINK_GATEWAY)
    link(tx, confirm_identity(tx, proof=proof, purpose=LINKING), subject)


def unlink_gateway(tx: Transaction) -> None:
    """Unlink the actor's account. How sure it is who they are stays, since it was so.

    Locks the account FOR NO KEY UPDATE. NotFound if it is not linked; Conflict if they have no
    password, so that nobody locks themselves out. Sign-ins by the gateway end with the others.
    """
    require(tx.actor, Permission.UNLINK_GATEWAY)
    lock = {"key_share": True}
    person = tx.session.get_one(
        Person, acting_person(tx.actor), with_for_update=lock, populate_existing=True
    )
    if person.password_hash is None:
        raise Conflict(_("You have no password: choose one first, by “forgotten password”."))
    if not unlink(tx, person.id):
        raise NotFound(_("Your account is not linked to SPID or CIE."))
    end_sign_ins(tx, person.id)
