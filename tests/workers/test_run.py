"""Jobs: effect and settlement are one; failures back off and end at the administrator."""

from __future__ import annotations

import errno
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from consultazione.core import clock, job_outbox, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, Transaction
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.people.models import Category
from consultazione.zones.events import ZoneSetUp
from workers import job_runner
from workers.reactions import BY_NAME, Reaction

EVENT = ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020)


@pytest.fixture
def owed(database: Database) -> int:
    """The position of an entry that owes the reaction `echo`."""
    with database.transaction(SYSTEM) as tx:
        tx.record("zone:1", EVENT)
    position = tx.entries[0].position
    with database.transaction(SYSTEM) as tx:
        job_outbox.add_jobs(tx.session, [(position, "echo")], at=tx.now)
    return position


def echo(tx: Transaction, entry: log.Entry) -> None:
    tx.record("echo:1", entry.event)


def fails(tx: Transaction, entry: log.Entry) -> None:
    tx.record("echo:1", entry.event)
    raise RuntimeError("no printer")


def echoes(database: Database) -> int:
    with database.snapshot() as session:
        query = select(func.count()).select_from(log.EntryRow)
        return session.scalar(query.where(log.EntryRow.stream == "echo:1")) or 0


def job_of(database: Database, position: int) -> job_outbox.Job:
    with database.snapshot() as session:
        return session.get_one(job_outbox.Job, (position, "echo"))


def test_what_a_job_writes_is_italian(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    word = CATEGORY_NAMES[Category.VOLUNTEERING]
    monkeypatch.setitem(BY_NAME, "echo", lambda _tx, _entry: said.append(str(word)))
    assert job_runner.perform(database, "echo", owed)
    assert said == ["Volontariato"]


def test_a_job_run_twice_has_its_effect_once(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BY_NAME, "echo", echo)
    assert job_runner.perform(database, "echo", owed)
    assert not job_runner.perform(database, "echo", owed)
    assert echoes(database) == 1
    assert job_of(database, owed).state is job_outbox.JobState.DONE


def test_a_failure_leaves_nothing_and_backs_off(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BY_NAME, "echo", fails)
    delays = []
    for attempt in range(1, job_outbox.MOST_ATTEMPTS):
        assert not job_runner.perform(database, "echo", owed)
        job = job_of(database, owed)
        assert (job.attempts, job.state) == (attempt, job_outbox.JobState.PENDING)
        delays.append(job.due_at - clock.now())
    assert echoes(database) == 0
    assert all(later > earlier * 1.5 for earlier, later in pairwise(delays))
    assert delays[0] > timedelta(seconds=1)


class Panic(BaseException):
    """What libraries in other languages raise: no Exception."""


@pytest.mark.parametrize("raised", [Panic("index out of bounds"), MemoryError(), RecursionError()])
def test_whatever_a_job_raises_is_counted_and_noted(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch, raised: BaseException
) -> None:
    monkeypatch.setitem(BY_NAME, "echo", raises(raised))
    assert not job_runner.perform(database, "echo", owed)
    job = job_of(database, owed)
    assert (job.attempts, job.state) == (1, job_outbox.JobState.PENDING)
    assert (job.error or "").startswith(type(raised).__name__)
    assert echoes(database) == 0


def test_a_full_disk_uses_up_no_attempt(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BY_NAME, "echo", raises(OSError(errno.ENOSPC, "no room")))
    for _ in range(job_outbox.MOST_ATTEMPTS + 1):
        assert not job_runner.perform(database, "echo", owed)
    job = job_of(database, owed)
    assert (job.attempts, job.state) == (0, job_outbox.JobState.PENDING)
    assert "no room" in (job.error or "")
    monkeypatch.setitem(BY_NAME, "echo", echo)
    assert job_runner.perform(database, "echo", owed)


@pytest.mark.parametrize("raised", [SystemExit(1), KeyboardInterrupt()])
def test_a_process_that_is_told_to_end_notes_it_and_ends(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch, raised: BaseException
) -> None:
    monkeypatch.setitem(BY_NAME, "echo", raises(raised))
    with pytest.raises(type(raised)):
        job_runner.perform(database, "echo", owed)
    job = job_of(database, owed)
    assert (job.attempts, (job.error or "").split(":")[0]) == (1, type(raised).__name__)


def test_an_attempt_counts_before_its_effect_so_that_no_death_is_forgotten(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed process notes nothing: only what it committed before is left."""
    monkeypatch.setitem(BY_NAME, "echo", raises(Killed()))
    monkeypatch.setattr(job_runner, "_note_failure", lambda *_: None)
    for attempt in range(1, job_outbox.MOST_ATTEMPTS + 1):
        assert not job_runner.perform(database, "echo", owed)
        job = job_of(database, owed)
        assert (job.attempts, job.state) == (attempt, job_outbox.JobState.PENDING)
        assert job.due_at > clock.now() + timedelta(seconds=10)
        assert (job.error is None) == (attempt == 1)
    assert not job_runner.perform(database, "echo", owed)
    job = job_of(database, owed)
    assert (job.attempts, job.state) == (job_outbox.MOST_ATTEMPTS, job_outbox.JobState.DEAD)
    assert "process ended" in (job.error or "")


class Killed(BaseException):
    """Stands for SIGKILL, after which nobody notes anything."""


def raises(error: BaseException) -> Reaction:
    """A job that writes something, then fails."""

    def job(tx: Transaction, entry: log.Entry) -> None:
        tx.record("echo:1", entry.event)
        raise error

    return job


def test_the_last_failure_lays_the_job_aside_and_it_can_be_revived(
    database: Database, owed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BY_NAME, "echo", fails)
    for _ in range(job_outbox.MOST_ATTEMPTS):
        job_runner.perform(database, "echo", owed)
    with database.transaction(SYSTEM) as tx:
        (dead,) = job_outbox.dead_jobs(tx.session)
        assert (dead.position, dead.error) == (owed, "RuntimeError: no printer")
        assert job_outbox.lease_due(tx.session, at=tx.now + timedelta(days=1)) == []
        assert job_outbox.revive(tx.session, owed, "echo", at=tx.now)
        assert not job_outbox.revive(tx.session, owed, "echo", at=tx.now)
    monkeypatch.setitem(BY_NAME, "echo", echo)
    assert job_runner.perform(database, "echo", owed)
    assert echoes(database) == 1


def test_a_job_is_due_although_the_clock_was_set_back(database: Database, owed: int) -> None:
    """By three hours, while it was leased; a longest wait is a matter of minutes."""
    with database.transaction(SYSTEM) as tx:
        ahead = tx.now + timedelta(hours=3)
        assert [job.position for job in job_outbox.lease_due(tx.session, at=ahead)] == [owed]
        assert [job.position for job in job_outbox.lease_due(tx.session, at=tx.now)] == [owed]
        assert job_outbox.lease_due(tx.session, at=tx.now) == []
