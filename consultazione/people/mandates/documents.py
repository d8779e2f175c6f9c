"""The document of a mandate: put beside it by the command that gives or ends it."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.core.incoming.uploads import StoredFile
from consultazione.people.mandates.events import MandateDocumentAdded
from consultazione.people.mandates.models import MandateDocument, Proves
from consultazione.people.models import Mandate
from consultazione.zones.events import zone_stream

MOST_FILES = 3


def add_document(tx: Transaction, mandate: Mandate, file: StoredFile, proves: Proves) -> None:
    """Put a stored file beside a mandate that the caller has locked or made."""
    document = MandateDocument(
        mandate_id=mandate.id,
        proves=proves,
        file_name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        added_at=tx.now,
        added_by=tx.actor.person_id,
    )
    tx.session.add(document)
    tx.flush()
    added = MandateDocumentAdded(
        document_id=document.id, mandate_id=mandate.id, proves=proves, sha256=file.sha256
    )
    tx.record(zone_stream(mandate.organisation.zone_id), added)


def documents_of(
    session: Session, mandate_ids: Collection[int]
) -> dict[int, list[MandateDocument]]:
    """The documents of several mandates, by mandate, in the order in which they came."""
    query = select(MandateDocument).where(among(MandateDocument.mandate_id, mandate_ids))
    found: dict[int, list[MandateDocument]] = {}
    for document in session.scalars(query.order_by(MandateDocument.id)):
        found.setdefault(document.mandate_id, []).append(document)
    return found


def get_document(session: Session, document_id: int, *, mandate_id: int) -> MandateDocument:
    """A document of a mandate; NotFound if there is none."""
    document = session.get(MandateDocument, document_id)
    if document is None or document.mandate_id != mandate_id:
        raise NotFound(_("There is no such document."))
    return document
