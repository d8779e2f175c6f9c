"""Commands of easy-to-read summaries.

Each locks the summary FOR UPDATE, and raises NotFound if there is no such document that everybody
can read.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person
from consultazione.core.revisions import keep
from consultazione.documents.easy.events import EasySummaryWithdrawn, EasySummaryWritten
from consultazione.documents.easy.models import EasySummary
from consultazione.documents.easy.rights import require_explainer
from consultazione.documents.easy.subjects import subject_of
from consultazione.documents.events import register_stream
from consultazione.zones.locking import locked_zone


def write_easy_summary(
    tx: Transaction, *, subject: str, object_id: int, body: str, digest: str, version: int
) -> EasySummary:
    """Write the easy-to-read summary of a document, or write it anew, and return it.

    subject: the name of the kind of document. digest: of the document that the writer has read;
    version: of the summary that they have read, 0 if there was none. Idempotent for the same words
    and document. Invalid for an empty text; Conflict if the document has changed, or if somebody
    has written since, whose text stays.
    """
    original = subject_of(subject).original(tx.session, object_id)
    require_explainer(tx.actor, Permission.WRITE_EASY_SUMMARY, original)
    if not body.strip():
        raise Invalid.at("body", _("Write the summary, or withdraw it."))
    if digest != original.digest:
        told = _("The document has changed since you opened this page: read it again, then save.")
        raise Conflict(told, fields={"digest": [told]})
    found = _begun(tx, original.zone_id, subject, object_id)
    if (found.body, found.digest, found.withdrawn_at) == (body, digest, None):
        return found
    if found.version != version:
        told = _(
            "Somebody has written this summary meanwhile: put the two texts together and save."
        )
        raise Conflict(told, fields={"version": [told]})
    if found.version:
        was, now = {"body": found.body}, {"body": body}
        keep(tx, EasySummary.__tablename__, found.id, reason=None, was=was, now=now)
    found.body, found.digest, found.version = body, digest, found.version + 1
    found.written_by, found.written_at = acting_person(tx.actor), tx.now
    found.withdrawn_at = None
    tx.session.add(found)
    tx.flush()
    written = EasySummaryWritten(
        summary_id=found.id,
        document_kind=subject,
        object_id=object_id,
        digest=digest,
        version=found.version,
        body=FreeText(body),
    )
    tx.record(register_stream(original.zone_id), written)
    return found


def withdraw_easy_summary(tx: Transaction, *, subject: str, object_id: int) -> EasySummary:
    """Withdraw the summary of a document: nobody is shown it until it is written anew.

    Idempotent. NotFound if the document has none.
    """
    original = subject_of(subject).original(tx.session, object_id)
    require_explainer(tx.actor, Permission.WITHDRAW_EASY_SUMMARY, original)
    found = _locked(tx, subject, object_id)
    if found is None:
        raise NotFound(_("This document has no summary in easy language."))
    if found.withdrawn_at is None:
        found.withdrawn_at = tx.now
        withdrawn = EasySummaryWithdrawn(summary_id=found.id)
        tx.record(register_stream(original.zone_id), withdrawn)
    return found


def _begun(tx: Transaction, zone_id: int, subject: str, object_id: int) -> EasySummary:
    """The summary of a document, locked, else a blank one; of two first writers one waits."""
    found = _locked(tx, subject, object_id)
    if found is None:
        locked_zone(tx, zone_id)
        found = _locked(tx, subject, object_id)
    blank = EasySummary(zone_id=zone_id, subject=subject, object_id=object_id, body="", version=0)
    return found or blank


def _locked(tx: Transaction, subject: str, object_id: int) -> EasySummary | None:
    query = select(EasySummary).filter_by(subject=subject, object_id=object_id)
    return tx.session.scalar(query.with_for_update(of=EasySummary))
