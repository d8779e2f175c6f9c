"""All checks in the order in which they are told; a new one is a function and a line here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from consultazione.logs import message_of
from consultazione.upkeep.doctor import (
    backups,
    database,
    disk,
    followers,
    keys,
    limits,
    mail,
    seal,
    site,
    valkey,
)
from consultazione.upkeep.doctor.case import Case, Check, Finding

ALWAYS: tuple[Check, ...] = (
    disk.directories_can_be_written,
    disk.disks_have_room,
    keys.keys_are_closed_to_others,
    keys.poll_keys_are_in_memory,
    valkey.valkey_answers,
    valkey.valkey_evicts_nothing,
    site.public_address_is_safe,
    site.proxy_is_trusted,
    site.certificate_is_valid,
    seal.seal_is_valid,
    mail.mail_server_answers,
    limits.files_may_be_open,
    backups.backups_are_set_up,
    backups.backup_is_recent,
    backups.keys_are_copied,
)
WITH_DATABASE: tuple[Check, ...] = (
    database.version_is_known,
    database.extensions_are_there,
    database.role_cannot_change_the_log,
    database.nothing_is_risked_for_speed,
    database.connections_are_left,
    database.clocks_agree,
    database.nothing_is_held_for_hours,
)
# Of the tables, so only where no migration is missing.
WITH_SCHEMA: tuple[Check, ...] = (
    keys.text_keys_are_there,
    keys.server_key_is_known,
    keys.log_key_is_there,
    followers.dispatcher_keeps_up,
    followers.jobs_are_run,
    followers.log_is_signed,
    mail.mails_go_out,
    site.demo_accounts_are_at_home,
    backups.commits_are_received,
)


@dataclass(frozen=True)
class Found:
    """A finding, with the name of the check that made it."""

    check: str
    finding: Finding


def examine(case: Case) -> Iterator[Found]:
    """Run the checks that can be run, and tell what they find.

    The database comes first, as most hangs on it.
    """
    if case.session is None:
        yield from _run(database.database_answers, case)
    else:
        yield from _of(WITH_DATABASE, case)
        behind = list(_run(database.schema_is_current, case))
        yield from behind or _of(WITH_SCHEMA, case)
    yield from _of(ALWAYS, case)


def _of(checks: tuple[Check, ...], case: Case) -> Iterator[Found]:
    for check in checks:
        yield from _run(check, case)


def _run(check: Check, case: Case) -> Iterator[Found]:
    """The findings of a check; one that fails is a finding itself, and stops no other."""
    name = check.__name__.replace("_", " ")
    try:
        for finding in check(case):
            yield Found(name, finding)
    except Exception as error:
        if case.session is not None and isinstance(error, SQLAlchemyError):
            case.session.rollback()
        what = f"This could not be examined: {message_of(error)}"
        yield Found(name, Finding(what, "See to the other findings first."))
