"""`consultazione verify`: recompute every stream of the log, compare all rows with what it says,
and print what is wrong."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione import audits
from consultazione.config import Settings
from consultazione.core.audit import books, state_faults
from consultazione.core.db import open_database
from consultazione.core.log import EntryRow, TextRow
from consultazione.core.log.verify import Fault, streams, verify_stream
from consultazione.core.text_keys import TextKeys

# Imported so that every audit is there.
_AUDITS = audits.ALL


def main(settings: Settings) -> int:
    """Verify the whole log, with a progress bar; 0 if it is whole, 1 if it is not."""
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), text_keys=keys)
    with database.snapshot() as session:
        names = streams(session)
        faults = [*_verify(session, names), *state_faults(session)]
        count = session.scalar(select(func.count()).select_from(EntryRow)) or 0
        erased = session.scalar(select(func.count()).where(TextRow.sealed.is_(None))) or 0
    for fault in faults:
        print(f"{fault.stream} #{fault.number}: {fault.what}")
    if faults:
        return 1
    forgotten = f"; {erased} texts were erased" if erased else ""
    print(f"{len(names)} streams, {count} entries: whole{forgotten}")
    tables = {audit.table.name for book in books() for audit in book.audits}
    print(f"{len(tables)} tables say what the log says")
    return 0


def _verify(session: Session, names: list[str]) -> list[Fault]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        shown = progress.track(names, description="verify")
        return [fault for name in shown for fault in verify_stream(session, name)]
