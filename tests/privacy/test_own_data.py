"""All that is kept about a person is in their copy, and nothing that is somebody else's."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core import clock, job_outbox
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.log import read_stream
from consultazione.people.events import person_stream
from consultazione.people.invitations.commands import invite_people
from consultazione.people.invitations.rows import invitee
from consultazione.people.models import Category, PasswordLink
from consultazione.privacy.models import DataDownload, RetentionRun
from consultazione.tables.accrediting.commands import (
    apply_for_accreditation,
    refuse_accreditation,
)
from tests.support.factories import PASSWORD, Factory
from tests.support.moderating import Desk
from tests.support.private_things import private_things
from workers import job_runner
from workers.privacy.retention import REMINDER
from workers.reactions import owed_by

PAGE = "/profilo/copia-dei-dati"


@pytest.fixture
def folder(client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies are kept, for web and worker."""
    settings = client.application.extensions["settings"]
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    return settings.downloads_dir  # type: ignore[no-any-return]


def ask(make: Factory, client: FlaskClient, who: Actor) -> int:
    """Ask for a copy on the page; the number of the download."""
    make.sign_in(client, who)
    assert client.post(PAGE, data={"password": "un’altra frase"}).status_code == 422
    assert client.post(PAGE, data={"password": PASSWORD}).status_code == 302
    with make.session() as session:
        return int(session.scalar(select(func.max(DataDownload.id))) or 0)


def make_copy(make: Factory, who: Actor) -> None:
    """Make it as a worker does."""
    with make.session() as session:
        entries = read_stream(session, person_stream(who.person_id or 0))
    jobs = [one for one in owed_by(entries) if one[1] == "make_own_data"]
    with make.database.transaction(SYSTEM) as tx:
        job_outbox.add_jobs(tx.session, jobs, at=tx.now)
    assert all(job_runner.perform(make.database, name, at) for at, name in jobs)


def fetched(client: FlaskClient, number: int) -> tuple[dict[str, Any], str]:
    """What a copy says, to machines and to people."""
    with client.get(f"{PAGE}/{number}") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        archive = answer.data
    with zipfile.ZipFile(BytesIO(archive)) as zipped:
        return json.loads(zipped.read("dati.json")), zipped.read("dati.html").decode()


def test_a_copy_holds_what_one_wrote_and_did(
    client: FlaskClient, make: Factory, folder: Path
) -> None:
    desk = Desk(make)
    desk.report()
    desk.rule()
    number = ask(make, client, desk.author)
    assert client.post(PAGE, data={"password": PASSWORD}).status_code == 422  # one at a time
    assert client.get(f"{PAGE}/{number}").status_code == 404
    make_copy(make, desk.author)
    assert f"{PAGE}/{number}" in client.get(PAGE).text
    data, page = fetched(client, number)
    assert data["tables"]["comment"][0]["words"] == "Parole pessime."
    assert data["tables"]["proposal"][0]["title"] == "Titolo cattivo"
    assert data["tables"]["person"][0]["email"].endswith("@example.org")
    assert {"proposal.submitted", "comment.written"} <= {one["kind"] for one in data["log"]}
    assert ("Parole pessime." in page, "Il tuo account" in page) == (True, True)


def test_a_copy_tells_nothing_of_others_and_opens_nothing(
    client: FlaskClient, make: Factory, folder: Path
) -> None:
    desk = Desk(make)
    desk.report()
    desk.rule()
    number = ask(make, client, desk.author)
    make_copy(make, desk.author)
    data, page = fetched(client, number)
    everything = json.dumps(data)
    assert "Proprio così" not in everything  # what the reporter said
    rows = [row for table in data["tables"].values() for row in table]
    others = {desk.reader.person_id, desk.first.person_id}
    assert others.isdisjoint(row.get(name) for row in rows for name in ("person_id", "decided_by"))
    for secret in ("password_hash", "argon2", "token_digest"):
        assert secret not in everything + page
    make.sign_in(client, desk.reader)
    assert client.get(f"{PAGE}/{number}").status_code == 404


def test_a_copy_holds_drafts_and_answers(client: FlaskClient, make: Factory, folder: Path) -> None:
    who = make.citizen()
    private_things(make, who)
    private_things(make, make.citizen())
    number = ask(make, client, who)
    make_copy(make, who)
    data, page = fetched(client, number)
    (draft,), (answer,) = data["tables"]["proposal_draft"], data["tables"]["opinion_answer"]
    assert (draft["answers"], answer["value"]) == ({"title": "Una bozza"}, -1)
    assert (draft["person_id"], answer["person_id"]) == (who.person_id, who.person_id)
    for told in ("Bozze delle tue proposte", "Le tue risposte alle mappe", "Una bozza"):
        assert told in page


def test_a_copy_goes_after_a_week_and_so_do_old_links(
    client: FlaskClient, make: Factory, folder: Path
) -> None:
    who, zone = make.citizen(), make.zone
    assert zone
    number = ask(make, client, who)
    make_copy(make, who)
    with make.database.transaction(SYSTEM) as tx:
        tx.session.add(
            PasswordLink(
                token_digest=b"0" * 32, person_id=who.person_id, made_at=tx.now, expires_at=tx.now
            )
        )
    with make.session() as session:
        name = session.get_one(DataDownload, number).name
    assert (folder / f"{name}.zip").stat().st_mode & 0o077 == 0
    assert job_runner.perform(make.database, REMINDER, 1)
    assert (folder / f"{name}.zip").is_file()
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert job_runner.perform(make.database, REMINDER, 1)
    assert not (folder / f"{name}.zip").exists()
    with make.session() as session:
        run = session.scalars(select(RetentionRun)).one()
        assert (run.downloads, run.links) == (1, 1)
    assert client.get(f"{PAGE}/{number}").status_code == 404


def test_a_copy_is_deleted_before_its_time(
    client: FlaskClient, make: Factory, folder: Path
) -> None:
    who = make.citizen()
    number = ask(make, client, who)
    make_copy(make, who)
    assert client.post(f"{PAGE}/{number}/cancella").status_code == 302
    assert client.get(f"{PAGE}/{number}").status_code == 404
    assert client.post(PAGE, data={"password": PASSWORD}).status_code == 302


def test_what_an_office_has_of_others_is_in_no_copy_of_its_holders(
    folder: Path, client: FlaskClient, make: Factory
) -> None:
    """Whoever invites and decides has their own acts, not the addresses and words of others."""
    assert folder
    office, table = make.holder(Role.ADMINISTRATOR), make.table()
    statute = StoredFile(name="statuto.pdf", media_type="application/pdf", size=9, sha256="0" * 64)
    with make.database.transaction(make.citizen()) as tx:
        asked = apply_for_accreditation(
            tx, cycle_id=table.cycle_id, name="Associazione Zqnome", category=Category.APS,
            office="Zqcarica", note="Zqnota", file=statute,
        )  # fmt: skip
    invited = invitee(0, {"display_name": "Zqinvitata", "email": "zqinvitata@example.org"})
    with make.database.transaction(office) as tx:
        invite_people(tx, zone_id=make.zone.id, found=[invited], tables=[])
        refuse_accreditation(tx, application_id=asked.id, reason="Manca una firma.")
    number = ask(make, client, office)
    make_copy(make, office)
    told, page = fetched(client, number)
    assert {"invitation", "organisation_application"} <= told["tables"].keys()
    assert "zq" not in page.lower() + json.dumps(told).lower()
