"""The jobs of minutes report their progress, and are idempotent."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.log import Entry
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.queries import minutes_of, sealed_pdf
from tests.support.factories import Factory
from tests.support.minutes_desk import Desk
from workers import minutes as jobs


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The progress that the jobs report, instead of sending it to browsers."""
    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(jobs, "report", lambda *report: found.append(report))
    return found


def last(make: Factory, stream: str) -> Entry:
    """The last entry of a stream."""
    with make.session() as session:
        return log.read_stream(session, stream)[-1]


def test_a_closed_sitting_gets_its_minutes_once(make: Factory, told: list[tuple[Any, ...]]) -> None:
    sitting = make.held()
    entry = last(make, f"sitting:{sitting.id}")
    for _ in range(2):
        with make.database.transaction(SYSTEM) as tx:
            jobs.draft(tx, entry)
    with make.session() as session:
        assert minutes_of(session, sitting.id) is not None
    assert last(make, f"minutes:{sitting.id}").number == 1
    assert [(stream, step, of) for stream, step, of, _label in told] == [
        (f"minutes:{sitting.id}", step, 4) for step in (1, 2, 3)
    ]


def test_approved_minutes_get_their_pdf_once(desk: Desk, told: list[tuple[Any, ...]]) -> None:
    desk.run(approve_minutes, version=desk.minutes.version)
    entry = last(desk.make, f"minutes:{desk.sitting.id}")
    for _ in range(2):
        with desk.make.database.transaction(SYSTEM) as tx:
            jobs.seal(tx, entry)
    with desk.make.session() as session:
        content = sealed_pdf(session, desk.minutes.id)
    assert content is not None
    assert hashlib.sha256(content).hexdigest() == desk.minutes.pdf_sha256
    assert desk.kinds().count("minutes.sealed") == 1
    assert told
