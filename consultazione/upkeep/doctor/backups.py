"""Backups: there, recent, followed, and the keys apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from consultazione.core import clock
from consultazione.upkeep.backup.following import followed
from consultazione.upkeep.backup.places import Backups
from consultazione.upkeep.doctor.case import Case, Finding, advice
from consultazione.upkeep.errors import Refused
from consultazione.upkeep.server import server_of

_RECENT, _OLD = timedelta(hours=26), timedelta(days=8)
_TAKE = "Run 'consultazione backup' each night (cron or a timer of systemd)."


def backups_are_set_up(case: Case) -> Iterator[Finding]:
    """Something is done against the loss of the machine."""
    if case.settings.backup_dir is None:
        yield advice(
            "There is no BACKUP_DIR: as far as is known here, a lost disk loses everything.",
            "Set BACKUP_DIR and BACKUP_KEYS_DIR (docs/operations.md), or back up by other means.",
        )
        return
    backup, data = case.settings.backup_dir, case.settings.data_dir
    if backup.exists() and data.exists() and backup.stat().st_dev == data.stat().st_dev:
        yield advice(
            f"BACKUP_DIR ({backup}) and DATA_DIR lie on the same disk.",
            "Choose another disk, or copy BACKUP_DIR to another machine.",
        )


def backup_is_recent(case: Case) -> Iterator[Finding]:
    """The newest backup is whole, and of the last day."""
    if case.settings.backup_dir is None:
        return
    try:
        bases = Backups(case.settings.backup_dir).bases()
    except Refused as error:
        yield Finding(f"A backup is damaged: {error}", _TAKE)
        return
    if not bases:
        yield Finding(f"BACKUP_DIR ({case.settings.backup_dir}) has no backup yet.", _TAKE)
        return
    ended = bases[-1].manifest.ended
    what = f"The newest backup is of {clock.in_rome(ended):%d/%m/%Y %H:%M}."
    if case.now - ended > _OLD:
        yield Finding(what, _TAKE)
    elif case.now - ended > _RECENT:
        yield advice(what, _TAKE)


def keys_are_copied(case: Case) -> Iterator[Finding]:
    """The keys that open the texts of a backup have a copy apart from it."""
    settings = case.settings
    if settings.backup_dir is None:
        return
    if settings.backup_keys_dir is None:
        yield advice(
            "There is no BACKUP_KEYS_DIR: without the keys no text of a backup opens.",
            "Set it to a place apart from the backups, or copy SECRETS_DIR by other means.",
        )
    elif not list(settings.backup_keys_dir.glob("text-keys-*")):
        yield Finding(
            f"BACKUP_KEYS_DIR ({settings.backup_keys_dir}) holds no keys.",
            "Run 'consultazione backup', and see whether the directory can be written.",
        )


def commits_are_received(case: Case) -> Iterator[Finding]:
    """Each commit reaches BACKUP_DIR as it happens."""
    if case.settings.backup_dir is None:
        return
    try:
        folder = followed(Backups(case.settings.backup_dir), server_of(case.settings))
    except Refused as error:
        yield advice("Whether BACKUP_DIR receives each commit cannot be seen.", str(error))
        return
    if folder is None:
        yield Finding(
            "What is committed now does not reach BACKUP_DIR: only the last backup would be left.",
            "'up' receives it: see backup.log in DATA_DIR. Elsewhere run 'backup --follow'.",
        )
