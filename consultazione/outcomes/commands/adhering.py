"""The command by which an organisation that was not asked adheres to an outcome."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.documents.paper.model import digest_of, to_json
from consultazione.documents.register import register_document
from consultazione.documents.signatures.keeping import keep_signature
from consultazione.outcomes.board.adhering import why_no_adherence
from consultazione.outcomes.board.declaration import adhesion_of
from consultazione.outcomes.commands.answering import Signature
from consultazione.outcomes.events import OutcomeAdhered, outcome_stream
from consultazione.outcomes.kind import ADHESION
from consultazione.outcomes.models import Adherent, Outcome
from consultazione.outcomes.parties import mandate_for


def adhere_to_outcome(tx: Transaction, *, signature: Signature) -> Adherent:
    """Let an organisation adhere to an outcome, and number its declaration.

    Locks the outcome FOR UPDATE, then the actor, then their mandate FOR SHARE. NotFound if there
    is no such outcome, or no such organisation in its zone; NotAllowed without a valid mandate, or
    for who holds an office in the zone or led the table; Conflict if the organisation is asked to
    sign or has adhered, if the sign-off ended without a signature, or if the digest is not that of
    the document; Invalid if the proof fails.
    """
    outcome = tx.session.get(Outcome, signature.outcome_id, with_for_update={"of": Outcome})
    if outcome is None:
        raise NotFound(_("There is no such outcome."))
    table = outcome.minutes.sitting.table
    require(tx.actor, Permission.ADHERE_TO_OUTCOME, zone_id=table.zone_id, table_id=table.id)
    mandate = mandate_for(tx, outcome, signature.organisation_id)
    if mandate.organisation.zone_id != table.zone_id:
        raise NotFound(_("There is no such organisation."))
    refused = why_no_adherence(outcome, signature.organisation_id)
    if refused is not None:
        raise Conflict(refused)
    if signature.digest != outcome.digest:
        raise Conflict(_("This is not the document that you were shown: read it again."))
    kept = keep_signature(
        tx, digest=signature.digest, method=signature.method, proof=signature.proof
    )
    adherent = Adherent(
        outcome_id=outcome.id,
        organisation_id=mandate.organisation_id,
        mandate_id=mandate.id,
        digest=signature.digest,
        method=signature.method,
        signature_id=kept.id,
        adhered_at=tx.now,
    )
    tx.session.add(adherent)
    tx.flush()
    adhered = OutcomeAdhered(
        outcome_id=outcome.id,
        adherent_id=adherent.id,
        organisation_id=adherent.organisation_id,
        mandate_id=mandate.id,
        digest=adherent.digest,
        method=adherent.method,
        signature_id=kept.id,
        certificate=kept.report.get("fingerprint"),
        chain=kept.report.get("chain"),
    )
    tx.record(outcome_stream(outcome.id), adhered)
    declaration = adhesion_of(tx.session, adherent)
    register_document(
        tx,
        table.zone_id,
        ADHESION,
        object_id=adherent.id,
        digest=digest_of(declaration),
        content=to_json(declaration),
    )
    return adherent
