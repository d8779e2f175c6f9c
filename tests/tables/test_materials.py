"""Materials: published through the form, open to everybody, never executed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Invalid, NotAllowed
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import store
from consultazione.core.log import read_stream
from consultazione.tables.commands import publish_material
from consultazione.tables.events import MaterialPublished, table_stream
from consultazione.tables.queries import table_materials
from tests.support.factories import Factory
from tests.support.upload_samples import HTML, PDF, PNG


def send(client: FlaskClient, slug: str, name: str, content: bytes, title: str = "Sintesi") -> Any:
    data = {"title": title, "file": (BytesIO(content), name)}
    return client.post(f"/tavoli/{slug}/materiali/nuovo", data=data)


def test_a_document_enters_the_log_by_its_digest(make: Factory, tmp_path: Path) -> None:
    table = make.table()
    material = make.material(table, tmp_path, title="Dati del distretto")
    with make.session() as session:
        entry = read_stream(session, table_stream(table.id))[-1]
    assert entry.event == MaterialPublished(
        material_id=material.id,
        table_id=table.id,
        sitting_id=None,
        title=FreeText("Dati del distretto"),
        sha256=material.sha256,
    )


def test_a_sitting_of_another_table_is_refused(make: Factory, tmp_path: Path) -> None:
    file = store(tmp_path, "note.txt", b"note")
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Invalid, match="this table"):
        publish_material(tx, table_id=make.table().id, title="x", file=file, sitting_id=999_999)


def test_citizens_publish_nothing(make: Factory, tmp_path: Path, client: FlaskClient) -> None:
    table, citizen = make.table(), make.citizen()
    file = store(tmp_path, "note.txt", b"note")
    with make.database.transaction(citizen) as tx, pytest.raises(NotAllowed):
        publish_material(tx, table_id=table.id, title="x", file=file)
    make.sign_in(client, citizen)
    assert send(client, table.slug, "note.txt", b"note").status_code == 403


def test_a_published_document_is_open_to_everybody(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.sign_in(client, make.holder(Role.COORDINATOR, table.id))
    assert send(client, table.slug, "sintesi dei dati.pdf", PDF).status_code == 302
    visitor = client.application.test_client()
    assert "Sintesi" in visitor.get(f"/tavoli/{table.slug}").text
    with make.session() as session:
        (material,) = table_materials(session, table.id)
    answer = visitor.get(f"/materiali/{material.id}/sintesi%20dei%20dati.pdf", buffered=True)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [("foto.png", PNG, "inline"), ("note.txt", HTML, "attachment"), ("a.csv", b"1", "attachment")],
    ids=["an image", "HTML as text", "a table"],
)
def test_only_what_cannot_run_is_shown_inline(
    client: FlaskClient,
    make: Factory,
    settings: Settings,
    name: str,
    content: bytes,
    disposition: str,
) -> None:
    material = make.material(make.table(), settings.uploads_dir, name=name, content=content)
    answer = client.get(f"/materiali/{material.id}/{name}", buffered=True)
    assert answer.headers["Content-Disposition"].startswith(disposition)
    assert answer.mimetype != "text/html"


def test_no_other_name_or_number_finds_a_document(
    client: FlaskClient, make: Factory, settings: Settings, tmp_path: Path
) -> None:
    material = make.material(make.table(), settings.uploads_dir, content=b"found")
    lost = make.material(make.table(), tmp_path, content=b"kept elsewhere")
    found = client.get(f"/materiali/{material.id}/sintesi.txt", buffered=True)
    assert found.status_code == 200
    for address in (
        f"{material.id}/altro.txt",
        f"{material.id}/..%2f..%2fsecret_key",
        f"{lost.id}/sintesi.txt",
        "999999999999999999999/sintesi.txt",
    ):
        assert client.get(f"/materiali/{address}").status_code == 404


def test_an_attack_is_refused_and_keeps_what_was_typed(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.sign_in(client, make.holder(Role.COORDINATOR, table.id))
    answer = send(client, table.slug, "verbale.pdf", HTML, title="Verbale di gennaio")
    assert answer.status_code == 422
    assert 'value="Verbale di gennaio"' in answer.text
    assert 'href="#field-file"' in answer.text
    assert send(client, table.slug, "", b"").status_code == 422
    with make.session() as session:
        assert table_materials(session, table.id) == []


def test_a_body_beyond_the_limit_is_not_read(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.sign_in(client, make.holder(Role.COORDINATOR, table.id))
    client.application.config["MAX_CONTENT_LENGTH"] = 1000
    assert send(client, table.slug, "note.txt", bytes(1000)).status_code == 413
