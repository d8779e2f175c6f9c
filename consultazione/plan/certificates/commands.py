"""The command that issues a certificate of consultation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, NotFound
from consultazione.core.permissions import Permission, may, require
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import digest_of, to_json
from consultazione.documents.reach import speaks_for
from consultazione.documents.register import register_document, registration_of
from consultazione.people.models import Organisation
from consultazione.plan.certificates.compose import certificate_of
from consultazione.plan.certificates.kind import CERTIFICATE
from consultazione.zones.queries import get_cycle


def issue_certificate(tx: Transaction, *, cycle_id: int, organisation_id: int) -> Registration:
    """Issue the certificate of an organisation for a cycle as things stand, with its number.

    If the latest one says the same, it is returned. Locks the organisation FOR UPDATE. NotFound if
    there is no such organisation in the cycle's zone; NotAllowed but for its delegates and for
    whoever reads certificates.
    """
    cycle = get_cycle(tx.session, cycle_id)
    organisation = tx.session.get(Organisation, organisation_id, with_for_update=True)
    if organisation is None or organisation.zone_id != cycle.zone_id:
        raise NotFound(_("There is no such organisation."))
    require(tx.actor, Permission.ISSUE_CERTIFICATE, zone_id=cycle.zone_id)
    if not (
        may(tx.actor, Permission.READ_CERTIFICATE, zone_id=cycle.zone_id)
        or speaks_for(tx.session, tx.actor, organisation_id)
    ):
        raise NotAllowed(_("Its delegates and the plan office issue this certificate."))
    certificate = certificate_of(tx.session, cycle, organisation, at=tx.now)
    digest = digest_of(certificate)
    latest = registration_of(tx.session, CERTIFICATE, organisation_id)
    if latest is not None and latest.digest == digest and latest.annulled_at is None:
        return latest
    return register_document(
        tx,
        cycle.zone_id,
        CERTIFICATE,
        object_id=organisation_id,
        version=latest.version + 1 if latest else 1,
        digest=digest,
        content=to_json(certificate),
        organisation_id=organisation_id,
    )
