"""The register: numbers without gaps, by kind and year, whoever comes at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.documents.commands import annul_registration
from consultazione.documents.kinds import all_kinds, kind_of, register_kind
from consultazione.documents.models import Registration
from consultazione.documents.queries import Asked, get_registration, registrations_after
from consultazione.documents.register import register_document, registration_of
from consultazione.minutes.kind import MINUTES
from consultazione.outcomes.kind import OUTCOME
from tests.support.factories import Factory
from tests.support.final_commits import final_commits

DIGEST = "a" * 64


@pytest.fixture
def committed(engine: Engine) -> Iterator[Database]:
    """A database whose commits are real, emptied after the test."""
    with final_commits(engine) as database:
        yield database


def register(make: Factory, object_id: int, at: datetime | None = None) -> Registration:
    """A document numbered in a transaction of its own, at a moment."""
    with make.database.transaction(SYSTEM) as tx, tx.acting_as(SYSTEM, at or tx.now):
        return register_document(tx, make.zone.id, MINUTES, object_id=object_id, digest=DIGEST)


def numbers(make: Factory) -> list[str]:
    """What stands in the register, in its order."""
    with make.session() as session:
        rows = registrations_after(session, make.zone.id, Asked(), after=0, limit=100)
    return [f"{row.kind} {row.reference}" for row in rows]


def test_who_comes_at_the_same_moment_gets_the_next_number(committed: Database) -> None:
    make, many = Factory(committed), 8
    zone_id, barrier = make.zone.id, threading.Barrier(many)

    def one(object_id: int) -> int:
        with committed.transaction(SYSTEM) as tx:
            tx.session.connection()
            barrier.wait(10)
            found = register_document(tx, zone_id, MINUTES, object_id=object_id, digest=DIGEST)
            return found.number

    with ThreadPoolExecutor(many) as pool:
        assert sorted(pool.map(one, range(1, many + 1))) == list(range(1, many + 1))


def test_what_is_rolled_back_leaves_no_gap(committed: Database) -> None:
    make = Factory(committed)
    register(make, 1)
    with pytest.raises(ZeroDivisionError), committed.transaction(SYSTEM) as tx:
        register_document(tx, make.zone.id, MINUTES, object_id=2, digest=DIGEST).number / 0
    register(make, 3)
    assert [one.rpartition(" ")[2].partition("/")[0] for one in numbers(make)] == ["1", "2"]


def test_each_kind_and_each_year_in_italy_counts_from_one(make: Factory) -> None:
    last_hour = datetime(2018, 12, 31, 22, 59, tzinfo=UTC)
    register(make, 1, last_hour)
    register(make, 2, last_hour + timedelta(hours=1))
    with make.database.transaction(SYSTEM) as tx, tx.acting_as(SYSTEM, last_hour):
        register_document(tx, make.zone.id, OUTCOME, object_id=1, digest=DIGEST)
    register(make, 3, last_hour)
    assert numbers(make) == ["minutes 1/2018", "minutes 1/2019", "outcome 1/2018", "minutes 2/2018"]


def test_each_zone_counts_for_itself(make: Factory) -> None:
    register(make, 1)
    other = Factory(make.database, name="Altra unione")
    assert register(other, 2).number == 1


def test_a_version_has_one_number(make: Factory) -> None:
    first = register(make, 1)
    assert register(make, 1).id == first.id
    with make.database.transaction(SYSTEM) as tx:
        second = register_document(tx, make.zone.id, MINUTES, object_id=1, digest=DIGEST, version=2)
    assert (second.number, second.version) == (2, 2)
    with make.session() as session:
        latest = registration_of(session, MINUTES, 1)
    assert latest is not None
    assert latest.id == second.id
    with make.session() as session:
        (one, _two) = log.read_stream(session, f"register:{make.zone.id}")
    assert vars(one.event) == {
        "registration_id": first.id, "document_kind": "minutes", "object_id": 1, "version": 1,
        "year": first.year, "number": 1, "digest": DIGEST,
    }  # fmt: skip


def test_a_registration_is_annulled_and_keeps_its_number(make: Factory) -> None:
    row, office = register(make, 1), make.holder(Role.PLAN_OFFICE)
    with make.database.transaction(office) as tx:
        annul_registration(tx, registration_id=row.id, reason="Registrato per errore.")
    with make.session() as session:
        found = get_registration(session, row.id)
    assert (found.number, found.annulled_by) == (1, office.person_id)
    assert found.annulled_reason == "Registrato per errore."
    with pytest.raises(Conflict), make.database.transaction(office) as tx:
        annul_registration(tx, registration_id=row.id, reason="Di nuovo.")
    assert register(make, 2).number == 2


def test_who_may_annul_and_what_for(make: Factory) -> None:
    row, office = register(make, 1), make.holder(Role.PLAN_OFFICE)
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        annul_registration(tx, registration_id=row.id, reason="Perché no.")
    with pytest.raises(Invalid) as blank, make.database.transaction(office) as tx:
        annul_registration(tx, registration_id=row.id, reason=" ")
    assert list(blank.value.fields) == ["reason"]
    with pytest.raises(NotFound), make.database.transaction(office) as tx:
        annul_registration(tx, registration_id=row.id + 1, reason="Perché no.")


def test_kinds_have_names_of_their_own() -> None:
    names = [kind.name for kind in all_kinds()]
    assert names == sorted(set(names))
    assert kind_of("minutes") is MINUTES
    with pytest.raises(LookupError):
        kind_of("ricetta")
    with pytest.raises(TypeError):
        register_kind(type(OUTCOME)(**{**vars(OUTCOME), "name": "minutes"}))


def test_minutes_get_a_number_with_their_approval_and_outcomes_with_their_opening(
    make: Factory,
) -> None:
    outcome = make.outcome("Open a desk.")
    with make.session() as session:
        rows = registrations_after(session, make.zone.id, Asked(), after=0, limit=9)
    found = {row.kind: row for row in rows}
    assert list(found) == ["notice", "minutes", "outcome"]
    assert found["outcome"].digest == outcome.digest
    assert found["outcome"].object_id == outcome.id
    minutes = found["minutes"]
    assert (minutes.object_id, minutes.number) == (outcome.minutes_id, 1)
    assert len(minutes.file_digest or "") == 64
