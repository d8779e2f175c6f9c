"""The archive: documents of past years, with the file or with the title alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, require
from consultazione.memory.events import (
    DOCUMENT_DETAILS,
    ArchiveDocumentRecorded,
    ArchiveDocumentRemoved,
    ArchiveFileAdded,
    memory_stream,
)
from consultazione.memory.models import ArchiveDocument, ArchivePage, DocumentKind, TextState
from consultazione.zones.models import Zone


@dataclass(frozen=True)
class ReadFile:
    """A stored file and the text of its pages; None if the text could not be read."""

    file: StoredFile
    pages: Sequence[str] | None

    @property
    def state(self) -> TextState:
        """What became of reading it."""
        if self.pages is None:
            return TextState.UNREADABLE
        return TextState.READ if any(page.strip() for page in self.pages) else TextState.EMPTY


def record_archive_document(
    tx: Transaction,
    *,
    zone_id: int,
    first_year: int,
    last_year: int,
    title: str,
    kind: DocumentKind,
    body: str,
    source: str,
    found_at: str | None = None,
    on_day: date | None = None,
    file: ReadFile | None = None,
    demo: bool = False,
) -> ArchiveDocument:
    """Enter a document of past years in the zone's archive, and return it.

    The other arguments are those of ArchiveDocument. NotFound if there is no such zone; Invalid
    if it ends before it begins.
    """
    if tx.session.get(Zone, zone_id) is None:
        raise NotFound(_("There is no such zone."))
    require(tx.actor, Permission.RECORD_ARCHIVE_DOCUMENT, zone_id=zone_id)
    if last_year < first_year:
        raise Invalid.at("last_year", _("The last year comes before the first: correct one."))
    document = ArchiveDocument(
        zone_id=zone_id,
        first_year=first_year,
        last_year=last_year,
        title=title,
        kind=kind,
        body=body,
        source=source,
        found_at=found_at or None,
        on_day=on_day,
        text_state=TextState.NO_FILE,
        recorded_at=tx.now,
        demo=demo,
    )
    if file is not None:
        _describe(document, file)
    tx.session.add(document)
    tx.flush()
    if file is not None:
        _keep_pages(tx, document.id, file)
    tx.record(memory_stream(zone_id), _recorded(document))
    return document


def add_archive_file(tx: Transaction, *, document_id: int, file: ReadFile) -> ArchiveDocument:
    """Put a file to a document of the archive, or in place of the one that it has.

    Locks the document FOR UPDATE. NotFound if there is none; Conflict if it has this very file.
    """
    document = _locked(tx, document_id, Permission.ADD_ARCHIVE_FILE)
    if document.sha256 == file.file.sha256:
        raise Conflict(_("The document has this very file already."))
    tx.session.execute(delete(ArchivePage).filter_by(document_id=document.id))
    _describe(document, file)
    tx.flush()
    _keep_pages(tx, document.id, file)
    added = ArchiveFileAdded(document_id=document.id, sha256=file.file.sha256)
    tx.record(memory_stream(document.zone_id), added)
    return document


def remove_archive_document(tx: Transaction, *, document_id: int) -> None:
    """Take a document out of the archive again, with the text of its file.

    The log keeps its title. Locks the document FOR UPDATE. NotFound if there is none.
    """
    document = _locked(tx, document_id, Permission.REMOVE_ARCHIVE_DOCUMENT)
    tx.session.delete(document)
    tx.flush()
    removed = ArchiveDocumentRemoved(document_id=document.id)
    tx.record(memory_stream(document.zone_id), removed)


def _locked(tx: Transaction, document_id: int, permission: Permission) -> ArchiveDocument:
    document = tx.session.get(ArchiveDocument, document_id, with_for_update=True)
    if document is None:
        raise NotFound(_("There is no such document."))
    require(tx.actor, permission, zone_id=document.zone_id)
    return document


def _describe(document: ArchiveDocument, read: ReadFile) -> None:
    document.file_name = read.file.name
    document.media_type = read.file.media_type
    document.size = read.file.size
    document.sha256 = read.file.sha256
    document.text_state = read.state


def _keep_pages(tx: Transaction, document_id: int, read: ReadFile) -> None:
    tx.session.add_all(
        ArchivePage(document_id=document_id, number=number, body=body)
        for number, body in enumerate(read.pages or (), 1)
        if body.strip()
    )
    tx.flush()


def _recorded(document: ArchiveDocument) -> ArchiveDocumentRecorded:
    return ArchiveDocumentRecorded(
        document_id=document.id,
        document_kind=document.kind,
        first_year=document.first_year,
        last_year=document.last_year,
        title=FreeText(document.title),
        sha256=document.sha256,
        details=DOCUMENT_DETAILS.of(document),
    )
