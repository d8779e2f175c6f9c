"""Conferences, seminars and assemblies; and the documents attached to them and to acts."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.incoming.uploads import store
from consultazione.zones.gatherings.commands import (
    announce_gathering,
    call_off_gathering,
    revise_gathering,
)
from consultazione.zones.gatherings.models import Gathering, GatheringKind
from consultazione.zones.gatherings.queries import get_gathering
from consultazione.zones.papers.commands import attach_document, withdraw_document
from tests.support.factories import Factory
from tests.support.upload_samples import HTML, PDF

IN_A_WEEK = clock.now() + timedelta(days=7)
FIELDS: dict[str, Any] = {
    "kind": GatheringKind.SEMINAR, "title": "La rete dei servizi", "starts_at": IN_A_WEEK,
    "place": "Biblioteca",
}  # fmt: skip
TYPED = {
    "kind": "conference", "title": "Convegno sulla prossimità", "starts_at": "2026-05-06T09:30",
    "ends_at": "", "place": "Sala consiliare", "description": "Aperto a tutti.", "url": "",
}  # fmt: skip


def gathering(make: Factory, **values: Any) -> Gathering:
    with make.database.transaction(SYSTEM) as tx:
        return announce_gathering(tx, cycle_id=make.cycle.id, **{**FIELDS, **values})


def test_it_ends_after_it_begins(make: Factory) -> None:
    with pytest.raises(Invalid, match="ends before"):
        gathering(make, ends_at=IN_A_WEEK)


def test_two_who_change_it_at_once(make: Factory) -> None:
    shown = gathering(make)
    change: dict[str, Any] = {"gathering_id": shown.id, "revision": 0, **FIELDS, "place": "Teatro"}
    with make.database.transaction(SYSTEM) as tx:
        revise_gathering(tx, **change)
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Conflict, match="meanwhile"):
        revise_gathering(tx, **change)


def test_what_is_called_off_stays_and_does_not_change(make: Factory) -> None:
    shown = gathering(make)
    with make.database.transaction(SYSTEM) as tx:
        call_off_gathering(tx, gathering_id=shown.id, reason="Neve.")
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Conflict, match="called off"):
        revise_gathering(tx, gathering_id=shown.id, revision=1, **FIELDS)
    with make.session() as session:
        assert get_gathering(session, shown.id).called_off_reason == "Neve."


def test_citizens_announce_nothing(client: FlaskClient, make: Factory) -> None:
    citizen, cycle_id = make.citizen(), make.cycle.id
    with make.database.transaction(citizen) as tx, pytest.raises(NotAllowed):
        announce_gathering(tx, cycle_id=cycle_id, **FIELDS)
    make.sign_in(client, citizen)
    assert client.get(f"{make.here}/incontri/nuovo").status_code == 403


def test_the_office_announces_changes_and_calls_off(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert (
        client.post(f"{make.here}/incontri/nuovo", data={**TYPED, "url": "http://x"}).status_code
        == 422
    )
    page = client.post(f"{make.here}/incontri/nuovo", data=TYPED)
    at = page.location
    assert "Sala consiliare" in client.get(at).text
    client.post(f"{at}/modifica", data={**TYPED, "place": "Teatro", "revision": "0"})
    shown = client.get(f"{at}/modifica").text
    assert 'value="2026-05-06T09:30"' in shown
    assert "Teatro" in shown
    client.post(f"{at}/annulla", data={"reason": "La sala è inagibile."})
    assert "inagibile" in client.get(at).text
    moved = (client.get("/api/v1/events").json or [])[0]
    assert datetime.fromisoformat(moved["starts_at"]).hour == 7  # 9.30 of a summer in Rome
    assert moved["called_off_reason"] == "La sala è inagibile."


def test_a_paragraph_that_stands_twice_is_told_at_once(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    paragraph = "Il convegno presenta la rete dei servizi di prossimità del distretto."
    twice = {**TYPED, "description": f"{paragraph}\n\nAltro.\n\n{paragraph}"}
    page = client.post(
        f"{make.here}/incontri/nuovo",
        data=twice,
        follow_redirects=True,
        headers={"Accept-Language": "en"},
    )
    assert "A paragraph stands here twice" in page.text


def test_a_document_is_open_until_it_is_withdrawn(
    client: FlaskClient, make: Factory, tmp_path: Path
) -> None:
    shown = gathering(make)
    with make.database.transaction(SYSTEM) as tx:
        file = store(tmp_path, "note.txt", b"note")
        paper = attach_document(tx, gathering_id=shown.id, title="Note", file=file)
        withdraw_document(tx, attachment_id=paper.id, reason="Nomina una persona.")
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Conflict):
        withdraw_document(tx, attachment_id=paper.id, reason="Di nuovo, per prova.")
    gone = client.get(f"/documenti/{paper.id}/note.txt")
    assert gone.status_code == 404
    assert "Nomina una persona." in gone.text
    assert "Nomina una persona." in client.get(f"/incontri/{shown.id}").text


def test_the_office_attaches_what_was_checked(client: FlaskClient, make: Factory) -> None:
    shown = gathering(make)
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    at = f"/incontri/{shown.id}/documenti/nuovo"

    def send(name: str, content: bytes) -> Any:
        return client.post(at, data={"title": "Slide", "file": (BytesIO(content), name)})

    assert send("slide.pdf", HTML).status_code == 422
    assert send("slide.pdf", PDF).status_code == 302
    page = client.get(f"/incontri/{shown.id}").text
    address = page.partition('href="/documenti/')[2].partition('"')[0]
    with client.get(f"/documenti/{address}") as served:
        assert served.data == PDF
        assert "sandbox" in served.headers["Content-Security-Policy"]
    assert client.get(f"/documenti/{address}x").status_code == 404
