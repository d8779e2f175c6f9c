"""Which backup leads to a moment, and whether all that it needs is there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from consultazione.core import clock
from consultazione.upkeep.backup.files import destroyed_in, mirrored_in
from consultazione.upkeep.backup.manifest import digest_of
from consultazione.upkeep.backup.places import Backups, Base
from consultazione.upkeep.errors import Refused
from consultazione.upkeep.server import own_version


def choose(backups: Backups, until: datetime | None) -> Base:
    """The newest backup, or the newest that was whole by a moment.

    Refused if there is none, or if what comes after it was not kept.
    """
    bases = backups.bases()
    if not bases:
        raise Refused(f"{backups.directory} holds no backup: name the directory given to --to.")
    fit = [base for base in bases if until is None or base.manifest.ended <= until]
    if not fit:
        oldest = clock.in_rome(bases[0].manifest.ended)
        raise Refused(f"The oldest backup was whole at {oldest:%d/%m/%Y %H:%M:%S}: choose later.")
    if until is not None and fit[-1].manifest.wal is None:
        ended = clock.in_rome(fit[-1].manifest.ended)
        raise Refused(
            f"What came after {ended:%d/%m/%Y %H:%M:%S} was not kept: leave --until out, and the "
            "backup itself is restored."
        )
    return fit[-1]


def refuse_unfit(backups: Backups, base: Base, keys: Path) -> None:
    """Refused if the server is of another version, or if the keys or files of a backup are gone."""
    said = base.manifest
    if said.server != own_version():
        raise Refused(
            f"{base.folder} is of PostgreSQL {said.server} and this is {own_version()}: restore it "
            "with the version of the product that wrote it, and move it with pg_upgrade."
        )
    if not (keys / f"text-keys-{said.text_keys}").is_file():
        raise Refused(
            f"{keys} does not hold the keys of this backup (text-keys-{said.text_keys}), and "
            "without them no text opens: name the directory given to --keys-to."
        )
    if digest_of(base.data / "backup_manifest") != said.base:
        raise Refused(f"{base.data} was changed after it was made: choose another backup.")
    held = mirrored_in(backups.files).keys() | destroyed_in(backups.files)
    if missing := sorted(said.files.keys() - held):
        raise Refused(f"{len(missing)} files of the backup are missing, {missing[0]} the first.")
    if said.wal is not None and not backups.wal(said.wal).is_dir():
        raise Refused(f"{backups.wal(said.wal)} is missing, which leads on from {base.folder}.")
