"""Freezing the copy of an outcome that is to be signed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.documents.signatures.keeping import freeze_copy
from consultazione.documents.signatures.models import SigningCopy
from consultazione.documents.signatures.prepared import prepared
from consultazione.documents.typesetting import typeset
from consultazione.outcomes.copy import asked_for_copy
from consultazione.outcomes.events import OutcomeCopyFrozen, outcome_stream
from consultazione.outcomes.models import Outcome


def freeze_outcome_copy(tx: Transaction, *, outcome_id: int, public_url: str) -> SigningCopy | None:
    """The copy to be signed, written and frozen if there is none yet. Idempotent.

    It is set before the outcome is locked FOR UPDATE, so that nobody waits for it; None if an order
    replaced the document meanwhile, whose new edition has a job of its own. public_url: this
    site's address, printed in the copy. NotFound if there is no such outcome; CannotTypeset if the
    copy cannot be made.
    """
    outcome = tx.session.get(Outcome, outcome_id)
    if outcome is None:
        raise NotFound(_("There is no such outcome."))
    table, digest = outcome.minutes.sitting.table, outcome.digest
    require(tx.actor, Permission.FREEZE_OUTCOME_COPY, zone_id=table.zone_id, table_id=table.id)
    if (frozen := tx.session.get(SigningCopy, digest)) is not None:
        return frozen
    content = prepared(typeset(asked_for_copy(outcome, public_url=public_url)))
    tx.session.refresh(outcome, ["digest"], with_for_update=True)
    frozen = tx.session.get(SigningCopy, digest, populate_existing=True)
    if frozen is not None or outcome.digest != digest:
        return frozen
    copy = freeze_copy(tx, digest=digest, content=content)
    told = OutcomeCopyFrozen(outcome_id=outcome.id, digest=digest, sha256=copy.sha256)
    tx.record(outcome_stream(outcome.id), told)
    return copy
