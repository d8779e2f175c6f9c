"""The job that makes the copy of all that is kept about a person."""

from __future__ import annotations

from secrets import token_hex

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.italian import speaking
from consultazione.people.models import Person
from consultazione.privacy.commands.downloads import record_own_data
from consultazione.privacy.events import DataRequested
from consultazione.privacy.models import DataDownload
from consultazione.privacy.writing import write_zip


def make(tx: Transaction, entry: Entry) -> None:
    """A person asked for their data: write the file, and say that it is there.

    A file that a crash leaves behind has a name that no row has, and is swept.
    """
    assert isinstance(entry.event, DataRequested)
    row = tx.session.get_one(DataDownload, entry.event.download_id)
    if row.deleted_at is not None or row.made_at is not None:
        return
    name = token_hex(16)
    path = read_settings().downloads_dir / f"{name}.zip"
    person = tx.session.get_one(Person, row.person_id)
    with speaking(person.language):
        size = write_zip(tx.session, row.person_id, path, at=tx.now)
    record_own_data(tx, download_id=row.id, name=name, size=size)
