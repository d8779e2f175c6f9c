"""The job that reads the text of a document's file, so that it is found by its words."""

from __future__ import annotations

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.search.indexing.file_texts import keep_text, text_of
from consultazione.tables.events import MaterialPublished, MaterialReplaced
from consultazione.tables.models import Material


def read(tx: Transaction, entry: Entry) -> None:
    """A document was published or replaced: read its file in a process with limits.

    What cannot be read (a picture, a damaged file) is found by its title alone.
    """
    assert isinstance(entry.event, MaterialPublished | MaterialReplaced)
    material = tx.session.get_one(Material, entry.event.material_id)
    body = text_of(material, read_settings().uploads_dir)
    if body is not None:
        keep_text(tx, material, body)
