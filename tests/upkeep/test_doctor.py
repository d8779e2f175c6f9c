"""The doctor: one thing is broken at a time, and that is what it names."""

from __future__ import annotations

import json
import os
import resource
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import Connection, text

from consultazione.config import Settings
from consultazione.core import clock, migrate
from consultazione.core.db import Database
from consultazione.mail_server import read_mail_server
from consultazione.upkeep.backup.manifest import Manifest
from consultazione.upkeep.backup.places import Backups
from consultazione.upkeep.doctor import database as database_checks
from consultazione.upkeep.doctor import disk, site
from consultazione.upkeep.doctor.case import Case, Level
from consultazione.upkeep.doctor.registry import ALWAYS, WITH_DATABASE, WITH_SCHEMA, Found, examine
from consultazione.upkeep.doctor_cli import main
from tests.support.factories import Factory
from tests.support.smtp_server import smtp_server

# The tests' own server runs so, for speed.
USUAL = {"nothing is risked for speed"}
OFTEN = timedelta(days=1)


@dataclass
class Patient:
    """A healthy installation, and what the tests do to it."""

    case: Case
    place: Path
    connection: Connection
    make: Factory
    patch: pytest.MonkeyPatch
    until_the_end: ExitStack

    def sets(self, **settings: Any) -> None:
        self.case.settings = replace(self.case.settings, **settings)

    def runs(self, statement: str, **values: Any) -> None:
        self.connection.execute(text(statement), values)

    def backs_up(self, ended: datetime) -> None:
        """A backup that was whole at a moment."""
        backups = Backups(self.place / "backups")
        backups.make()
        folder = backups.new_base(ended)
        folder.mkdir()
        Manifest(
            version="0",
            server="18",
            system="1",
            text_keys="a",
            began=ended,
            ended=ended,
            wal=None,
            first_segment="0" * 24,
            entries=0,
            last=None,
            base="",
            files={},
        ).write(folder)
        (self.place / "keys").mkdir()
        self.sets(backup_dir=backups.directory, backup_keys_dir=self.place / "keys")


@pytest.fixture
def patient(
    settings: Settings,
    database: Database,
    connection: Connection,
    make: Factory,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Patient]:
    (place / "data").mkdir()
    memory = Path("/dev/shm") / place.name
    healthy = replace(
        settings,
        data_dir=place / "data",
        security_log=place / "data" / "security.log",
        run_dir=memory,
    )
    (healthy.data_dir / "uploads").mkdir()
    monkeypatch.setattr(disk, "room_of", lambda _path: disk.Room(1 << 40, 0.5, 0.5))
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (65_536, 65_536))
    with database.snapshot() as session, ExitStack() as stack:
        case = Case(healthy, clock.now(), session)
        yield Patient(case, place, connection, make, monkeypatch, stack)


def found(case: Case) -> list[Found]:
    return [one for one in examine(case) if one.check not in USUAL]


def told(case: Case) -> set[str]:
    return {one.check for one in found(case)}


def no_database(patient: Patient) -> None:
    patient.case.session = None


def an_old_server(patient: Patient) -> None:
    patient.patch.setattr(database_checks, "_LEAST_VERSION", 990_000)


def an_extension_missing(patient: Patient) -> None:
    patient.patch.setattr(database_checks, "_EXTENSIONS", {"postgis"})


def a_migration_missing(patient: Patient) -> None:
    patient.patch.setattr(migrate, "is_current", lambda _session: False)


def a_role_that_is_too_mighty(patient: Patient) -> None:
    patient.patch.setattr(database_checks.rights, "is_too_mighty", lambda _connection: True)


def too_many_connections(patient: Patient) -> None:
    patient.patch.setattr(database_checks, "_MOST_SHARE", 0.0)


def a_clock_that_is_wrong(patient: Patient) -> None:
    wrong = clock.now() + timedelta(minutes=5)
    patient.until_the_end.enter_context(clock.stopped_at(wrong))


def a_directory_that_cannot_be_written(patient: Patient) -> None:
    patient.sets(security_log=Path("/proc/security.log"))


def a_full_disk(patient: Patient) -> None:
    patient.patch.setattr(disk, "room_of", lambda _path: disk.Room(1 << 20, 0.001, 0.5))


def no_more_files(patient: Patient) -> None:
    patient.patch.setattr(disk, "room_of", lambda _path: disk.Room(1 << 40, 0.5, 0.0))


def open_keys(patient: Patient) -> None:
    only_text_keys(patient).chmod(0o755)


def keys_of_polls_on_a_disk(patient: Patient) -> None:
    patient.sets(run_dir=Path("/var/keys"))


def no_text_keys(patient: Patient) -> None:
    (patient.place / "keys").mkdir(mode=0o700)
    patient.sets(secrets_dir=patient.place / "keys")


def another_server_key(patient: Patient) -> None:
    patient.runs("INSERT INTO installation (id, key_fingerprint) VALUES (1, 'another')")


def only_text_keys(patient: Patient) -> Path:
    """A directory of keys that has those of texts alone."""
    keys = patient.place / "keys"
    keys.mkdir(mode=0o700)
    for path in patient.case.settings.secrets_dir.glob("text-keys-*"):
        (keys / path.name).write_bytes(path.read_bytes())
    patient.sets(secrets_dir=keys)
    return keys


def no_log_key(patient: Patient) -> None:
    only_text_keys(patient)
    patient.runs(
        "INSERT INTO log_checkpoint (size, root, note, key, at)"
        " VALUES (0, decode(repeat('00', 32), 'hex'), 'note', 'key', now())"
    )


def valkey_away(patient: Patient) -> None:
    patient.sets(redis_url="redis://127.0.0.1:9")


def a_dispatcher_that_stands(patient: Patient) -> None:
    patient.make.zone  # noqa: B018  (recorded in the log)
    patient.case.now = clock.now() + timedelta(minutes=2)


def a_dead_job(patient: Patient) -> None:
    patient.make.zone  # noqa: B018
    patient.runs(
        "INSERT INTO job (position, reaction, state, attempts, due_at)"
        " SELECT max(position), 'minutes', 'dead', 6, now() FROM log_entry"
    )


def a_job_that_nobody_runs(patient: Patient) -> None:
    patient.make.zone  # noqa: B018
    patient.runs(
        "INSERT INTO job (position, reaction, state, attempts, due_at)"
        " SELECT max(position), 'minutes', 'pending', 0, now() - interval '1 hour' FROM log_entry"
    )


def an_unsigned_log(patient: Patient) -> None:
    patient.make.zone  # noqa: B018
    patient.runs(
        "INSERT INTO log_cursor (name, position) SELECT 'dispatcher', max(position) FROM log_entry"
        " ON CONFLICT (name) DO UPDATE SET position = excluded.position"
    )
    patient.case.now = clock.now() + timedelta(hours=1)


def mails_that_wait(patient: Patient) -> None:
    patient.runs(
        "INSERT INTO mail (kind, language, owed_at, state, attempts, due_at)"
        " VALUES ('x', 'it', now() - interval '1 day', 'owed', 0, now())"
    )


def no_mail_server(patient: Patient) -> None:
    patient.sets(mail_server=read_mail_server("smtp://127.0.0.1:9"))


def no_encryption(patient: Patient) -> None:
    patient.sets(public_url="http://comune.example", host="0.0.0.0")


def links_that_lead_nowhere(patient: Patient) -> None:
    patient.sets(host="0.0.0.0")


def a_proxy_that_is_not_trusted(patient: Patient) -> None:
    a_certificate_of(timedelta(days=60), patient)
    patient.sets(trusted_proxies=0)
    patient.case.is_ours = True


def a_certificate_that_ends(patient: Patient) -> None:
    a_certificate_of(timedelta(days=3), patient)


def a_certificate_that_is_refused(patient: Patient) -> None:
    def refuse(_settings: Settings) -> datetime:
        error = ssl.SSLCertVerificationError()
        error.verify_message = "certificate has expired"
        raise error

    patient.sets(public_url="https://comune.example", trusted_proxies=1)
    patient.patch.setattr(site, "certificate_ends", refuse)


def a_certificate_of(left: timedelta, patient: Patient) -> None:
    patient.sets(public_url="https://comune.example", trusted_proxies=1)
    patient.patch.setattr(site, "certificate_ends", lambda _settings: patient.case.now + left)


def a_seal_that_does_not_open(patient: Patient) -> None:
    path = patient.place / "seal.p12"
    path.write_bytes(b"no seal")
    patient.sets(seal_p12=path)


def demo_accounts_in_public(patient: Patient) -> None:
    a_certificate_of(timedelta(days=60), patient)
    person = patient.make.person()
    patient.runs("UPDATE person SET demo = true, password_hash = 'x' WHERE id = :id", id=person.id)


def few_files(patient: Patient) -> None:
    patient.patch.setattr(resource, "getrlimit", lambda _what: (1024, 1024))


def an_old_backup(patient: Patient) -> None:
    patient.backs_up(clock.now() - timedelta(days=9))


def a_backup_that_was_changed(patient: Patient) -> None:
    patient.backs_up(clock.now())
    (path,) = (patient.place / "backups").glob("bases/*/backup.json")
    path.write_text(path.read_text().replace('"entries": 0', '"entries": 9'))


# What is broken, and which checks must say so: nothing else may. What follows a backup is another
# test's (tests/upkeep/test_restore.py); here nobody does.
BROKEN: dict[Callable[[Patient], None], set[str]] = {
    no_database: {"database answers"},
    an_old_server: {"version is known"},
    an_extension_missing: {"extensions are there"},
    a_migration_missing: {"schema is current"},
    a_role_that_is_too_mighty: {"role cannot change the log"},
    too_many_connections: {"connections are left"},
    a_clock_that_is_wrong: {"clocks agree"},
    a_directory_that_cannot_be_written: {"directories can be written"},
    a_full_disk: {"disks have room"},
    no_more_files: {"disks have room"},
    open_keys: {"keys are closed to others"},
    keys_of_polls_on_a_disk: {"poll keys are in memory"},
    no_text_keys: {"text keys are there"},
    another_server_key: {"server key is known"},
    no_log_key: {"log key is there"},
    valkey_away: {"valkey answers"},
    a_dispatcher_that_stands: {"dispatcher keeps up"},
    a_dead_job: {"jobs are run"},
    a_job_that_nobody_runs: {"jobs are run"},
    an_unsigned_log: {"log is signed"},
    mails_that_wait: {"mails go out"},
    no_mail_server: {"mail server answers"},
    no_encryption: {"public address is safe"},
    links_that_lead_nowhere: {"public address is safe"},
    a_proxy_that_is_not_trusted: {"proxy is trusted", "seal is valid", "mail server answers"},
    a_certificate_that_ends: {"certificate is valid"},
    a_certificate_that_is_refused: {"certificate is valid"},
    a_seal_that_does_not_open: {"seal is valid"},
    demo_accounts_in_public: {"demo accounts are at home"},
    few_files: {"files may be open"},
    an_old_backup: {"backup is recent", "keys are copied", "commits are received"},
    a_backup_that_was_changed: {"backup is recent", "keys are copied", "commits are received"},
}
# Of an installation on this machine that nobody backs up.
ADVISED = {"backups are set up"}
UNTRIED = {"nothing is risked for speed", "nothing is held for hours", "valkey evicts nothing"}


def test_a_healthy_installation(patient: Patient) -> None:
    assert [
        (one.check, one.finding.what) for one in found(patient.case) if one.check not in ADVISED
    ] == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
def test_what_is_broken_is_named(patient: Patient, broken: Callable[[Patient], None]) -> None:
    broken(patient)
    findings = {one.check: one.finding for one in found(patient.case)}
    assert findings.keys() - ADVISED == BROKEN[broken], findings
    assert all(finding.what and finding.remedy for finding in findings.values())


def test_every_check_is_tried() -> None:
    names = {one.__name__.replace("_", " ") for one in (*ALWAYS, *WITH_DATABASE, *WITH_SCHEMA)}
    tried = set().union(*BROKEN.values()) | ADVISED | UNTRIED
    assert names - tried == set()


def test_a_mail_server_that_takes_mail_is_sent_none(patient: Patient) -> None:
    with smtp_server() as postbox:
        patient.sets(mail_server=read_mail_server(postbox.url))
        assert told(patient.case) - ADVISED == set()
        assert postbox.messages == []


def test_a_valkey_that_evicts(patient: Patient, valkey_url: str) -> None:
    patient.sets(redis_url=valkey_url)
    assert told(patient.case) - ADVISED == set()
    operator = Redis.from_url(valkey_url)
    operator.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert told(patient.case) - ADVISED == {"valkey evicts nothing"}
    finally:
        operator.config_set("maxmemory-policy", "noeviction")


def test_a_check_that_fails_stops_no_other(patient: Patient) -> None:
    patient.patch.setattr(disk, "room_of", lambda _path: 1 / 0)
    (failed,) = (one for one in found(patient.case) if one.check not in ADVISED)
    assert failed.check == "disks have room"
    assert "ZeroDivisionError" in failed.finding.what
    assert failed.finding.level is Level.FAULT


def test_a_setting_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(os.environ, "PORT", "many")
    assert main(as_json=True) == 1
    (one,) = json.loads(capsys.readouterr().out)
    assert one["check"] == "settings can be used"
    assert one["what"].startswith("PORT='many'")
