"""The page of the archive: who may ask for one, and what a visitor is given."""

from __future__ import annotations

import hashlib

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from consultazione.archive.commands import request_archive
from consultazione.archive.export import Made
from consultazione.archive.queries import archive_state
from consultazione.config import Settings
from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.incoming.uploads import path_of
from consultazione.core.job_outbox import Job, JobState, add_jobs
from consultazione.plan.events import plan_stream
from tests.support.factories import Factory
from workers import archive as jobs
from workers.reactions import owed_by

CONTENT = b"an archive"


def here(make: Factory) -> str:
    """The address of the page."""
    return f"{make.here}/archivio"


def request(make: Factory, who: Actor) -> None:
    """Somebody asks for an archive."""
    with make.database.transaction(who) as tx:
        request_archive(tx, cycle_id=make.cycle.id)


def test_there_is_none_at_first(make: Factory, client: FlaskClient) -> None:
    page = client.get(here(make)).text
    assert "Di questo ciclo non c’è ancora un archivio." in page
    assert "Crea l’archivio" not in page
    assert client.get(f"{here(make)}/archivio.zip").status_code == 404


def test_the_plan_office_asks_for_one_at_a_time(make: Factory, client: FlaskClient) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    make.sign_in(client, office)
    assert "Crea l’archivio" in client.get(here(make)).text
    assert client.post(here(make)).location == here(make)
    assert "L’archivio è in preparazione." in client.get(here(make)).text
    with pytest.raises(Conflict):
        request(make, office)
    with pytest.raises(NotAllowed):
        request(make, make.citizen())


def test_one_that_cannot_be_made_is_asked_for_again(make: Factory, client: FlaskClient) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    request(make, office)
    with make.session() as session:
        entry = log.read_stream(session, plan_stream(make.cycle.id))[-1]
    with make.database.transaction(SYSTEM) as tx:
        add_jobs(tx.session, [(entry.position, "make_archive")], at=tx.now)
        tx.session.execute(update(Job).values(state=JobState.DEAD))
        tx.session.expire_all()
    make.sign_in(client, office)
    page = client.get(here(make)).text
    assert "L’archivio richiesto non si è potuto scrivere" in page
    assert "in preparazione" not in page
    assert client.post(here(make)).location == here(make)
    assert "L’archivio è in preparazione." in client.get(here(make)).text


def test_a_worker_makes_it_and_everybody_downloads_it(
    make: Factory, client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    asked: list[tuple[str, str]] = []

    def made(_settings: Settings, zone: str, years: str, _stream: str) -> Made:
        asked.append((zone, years))
        return Made(digest, len(CONTENT), entries=7, documents=3, files=20)

    monkeypatch.setattr(jobs, "made_of", made)
    request(make, make.holder(Role.ADMINISTRATOR))
    with make.session() as session:
        entry = log.read_stream(session, plan_stream(make.cycle.id))[-1]
    assert [name for _position, name in owed_by([entry])] == ["make_archive"]
    with make.database.transaction(SYSTEM) as tx:
        jobs.make(tx, entry)
    assert asked == [(make.zone.slug, make.cycle.years)]
    with make.session() as session:
        assert not archive_state(session, make.cycle.id).is_being_made
    assert digest in client.get(here(make)).text
    assert client.get(f"{here(make)}/archivio.zip").status_code == 404
    place = path_of(settings.uploads_dir, digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(CONTENT)
    with client.get(f"{here(make)}/archivio.zip") as response:
        assert response.data == CONTENT
    known = client.get(f"/verifica/{digest}").text
    assert f"l’archivio del ciclo {make.cycle.years} di" in known
    assert here(make) in known
    assert "ritirato" not in known
    assert (
        f"archivio-{make.zone.slug}-{make.cycle.years}.zip"
        in response.headers["Content-Disposition"]
    )
