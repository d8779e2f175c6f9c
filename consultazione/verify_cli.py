"""`consultazione verify`: recompute the log and all that follows from it, and print what is wrong.

Each check reads what it needs and yields faults; a new one is a function and a line of CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from sqlalchemy.orm import Session

from consultazione import audits
from consultazione.config import BadSetting, Settings
from consultazione.core.audit import books, state_faults
from consultazione.core.db import closed_afterwards, open_database
from consultazione.core.log.restored import restored, withheld_until
from consultazione.core.log.verify import Fault
from consultazione.core.text_keys import TextKeys
from consultazione.log_keys import log_keys
from consultazione.transparency.notes import Key, Signer, parse_key
from consultazione.transparency.queries import newest_checkpoint, signed_before
from consultazione.transparency.verifying.chains import chain_faults
from consultazione.transparency.verifying.parts import Place, sweep_all
from consultazione.transparency.verifying.signed import Leaves, checkpoint_faults, tree_faults
from consultazione.transparency.verifying.sweep import Swept

# Imported so that every audit is there.
assert audits.ALL


@dataclass
class Audit:
    """What the checks work with.

    session: one moment of the database, for all of them. place: where other processes find it;
    None to use none. progress: told the share that is done. key: the log's, if it is known.
    kept: signed checkpoints from elsewhere. summary: what is said if nothing is wrong.
    """

    session: Session
    place: Place | None = None
    progress: Callable[[float], None] = lambda _share: None
    key: Key | None = None
    kept: tuple[str, ...] = ()
    summary: list[str] = field(default_factory=list)


def log_and_tree(audit: Audit) -> Iterator[Fault]:
    """The chains, the texts, the tree and its checkpoints: entries are read once for all four."""
    swept = sweep_all(audit.session, audit.place, lambda n, of: audit.progress(n / of))
    leaves = Leaves(bytes(swept.leaves))
    yield from chain_faults(audit.session, swept)
    yield from tree_faults(audit.session, swept, leaves)
    yield from checkpoint_faults(audit.session, leaves, audit.key, audit.kept)
    audit.summary.append(_said(swept))


def withheld(audit: Audit) -> Iterator[Fault]:
    """What a restored cycle has without content, compared with what the restoring says of it."""
    found = restored(audit.session)
    if found is None:
        return
    count, digest = withheld_until(audit.session, found.last)
    if signed_before(audit.session, found.stream, found.number):
        yield Fault(found.stream, found.number, "restores a log that was signed before")
    if (count, digest) != found.withheld:
        why = f"{count} entries and texts have no content, the archive withheld {found.withheld[0]}"
        yield Fault(found.stream, found.number, f"{why}, or others")
    audit.summary.append(f"{count} entries and texts were withheld by the archive of a cycle")


def state(audit: Audit) -> Iterator[Fault]:
    """Every row that pages are made from, compared with what the log says of it."""
    yield from state_faults(audit.session)
    tables = {book.table.name for kept in books() for book in kept.audits}
    audit.summary.append(f"{len(tables)} tables say what the log says")


CHECKS: tuple[Callable[[Audit], Iterator[Fault]], ...] = (log_and_tree, withheld, state)


def main(settings: Settings, kept: tuple[Path, ...] = ()) -> int:
    """Run every check, with a progress bar; 0 if all is whole, 1 if it is not.

    kept: files with checkpoints that were kept elsewhere.
    """
    url = settings.require_database_url()
    database = open_database(url, text_keys=TextKeys(settings.secrets_dir))
    texts = tuple(_read(path) for path in kept)
    found = False
    with (
        closed_afterwards(database),
        database.snapshot() as session,
        Progress(console=Console(stderr=True), transient=True) as bar,
    ):
        task = bar.add_task("verify", total=1.0)
        audit = Audit(
            session,
            Place(url, settings.secrets_dir),
            lambda share: bar.update(task, completed=share),
            _key(session, settings),
            (*_last(session, settings), *texts),
        )
        for fault in audit_faults(audit):
            found = True
            bar.console.file.flush()
            print(f"{fault.stream} #{fault.number}: {fault.what}")
    if found:
        return 1
    print("; ".join(audit.summary))
    return 0


def audit_faults(audit: Audit) -> Iterator[Fault]:
    """What all checks find."""
    for check in CHECKS:
        yield from check(audit)


def _said(swept: Swept) -> str:
    erased = f"; {swept.erased} texts were erased" if swept.erased else ""
    return f"{len(swept.spans)} streams, {swept.count} entries: whole{erased}"


def _key(session: Session, settings: Settings) -> Key | None:
    """The key of the log: the one in SECRETS_DIR, else the one that the database names."""
    newest, keys = newest_checkpoint(session), log_keys(settings)
    named = parse_key(newest.key) if newest else None
    if not keys.are_here(session):
        return named
    signer = keys.signer(session)
    return Signer(named.name, signer.private).key if named else signer.key


def _last(session: Session, settings: Settings) -> list[str]:
    """The checkpoint that the dispatcher has kept outside of the database."""
    last = log_keys(settings).last(session)
    return [] if last is None else [last]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        raise BadSetting(f"--checkpoint {path}: there is no such file, or it is no text.") from None
