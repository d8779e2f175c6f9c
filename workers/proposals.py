"""The job that reads the files which are attached to proposals, for searches."""

from __future__ import annotations

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.incoming.uploads import path_of
from consultazione.core.log import Entry
from consultazione.documents.reading import READABLE, pages_of
from consultazione.proposals.commands.attaching import keep_file_text
from consultazione.proposals.events import ProposalFileAttached
from consultazione.proposals.history import get_file


def read_file(tx: Transaction, entry: Entry) -> None:
    """A file was attached: read its text in a process with limits, and keep it for searches.

    A picture has none, and a file that cannot be read, or unpacks to too much, is left alone.
    """
    assert isinstance(entry.event, ProposalFileAttached)
    file = get_file(tx.session, entry.event.file_id)
    place = path_of(read_settings().uploads_dir, file.sha256)
    if file.media_type not in READABLE.values() or not place.is_file():
        return
    pages = pages_of(place.read_bytes(), file.media_type)
    if pages:
        keep_file_text(tx, proposal_file_id=file.id, text="\n\n".join(pages))
