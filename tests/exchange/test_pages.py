"""The pages and REST addresses that take a programme out as a file, and one in."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.config import Settings
from consultazione.core.actor import Role
from consultazione.exchange.reading.faults import Fault, FaultKind
from consultazione.exchange.sentences import SENTENCES, with_place
from tests.support.books import Books
from tests.support.factories import Factory
from tests.support.imports import HEADINGS, line, reading_in, written
from tests.support.sheets import csv, ods, with_part, xlsx

GOOD = csv([HEADINGS, line("Sportello", "Comune 1", "FNPS", "10,50")])


@pytest.fixture
def office(books: Books, client: FlaskClient) -> FlaskClient:
    """The plan office's browser; the zone has one fund."""
    books.fund("FNPS")
    books.make.sign_in(client, books.office)
    return client


def import_page(client: FlaskClient) -> str:
    """The address of the import: the only zone's home leads there."""
    return f"{client.get('/').headers['Location']}programma/2018/importa"


def choose(client: FlaskClient, name: str, content: bytes) -> Any:
    return client.post(import_page(client), data={"file": (BytesIO(content), name)})


def look(client: FlaskClient, name: str = "interventi.csv", content: bytes = GOOD) -> str:
    """Choose a file that can be read; returns the address of its preview."""
    answer = choose(client, name, content)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_file_is_looked_at_and_then_imported(office: FlaskClient, books: Books) -> None:
    preview = look(office)
    page = office.get(preview).text
    assert "Sportello" in page
    assert "10,50" in page
    assert "Sportello" not in office.get(f"{books.make.here}/programma/2018").text
    done = office.post(preview, data={"seen": seen_in(page)})
    assert (done.status_code, done.headers["Location"]) == (
        302,
        f"{books.make.here}/programma/2018",
    )
    assert "Sportello" in office.get(f"{books.make.here}/programma/2018").text
    assert office.get(preview).status_code == 404


def test_a_refused_file_shows_places_and_offers_no_yes(office: FlaskClient) -> None:
    content = csv([HEADINGS, line("Sportello", "Comune 1", "FNPS", "-3")])
    page = office.get(look(office, content=content)).text
    assert "riga 2, colonna G" in page
    assert 'name="seen"' not in page
    answer = office.post(look(office, content=content), data={"seen": "0"})
    assert answer.status_code == 422


def test_a_programme_that_changed_is_told_and_can_be_confirmed_anew(
    office: FlaskClient, books: Books
) -> None:
    preview = look(office)
    seen = seen_in(office.get(preview).text)
    books.intervention(title="Nel frattempo")
    answer = office.post(preview, data={"seen": seen})
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert office.post(preview, data={"seen": seen_in(answer.text)}).status_code == 302


def test_a_file_can_be_forgotten(office: FlaskClient, app_uploads: Path) -> None:
    preview = look(office)
    kept = app_uploads / preview.rpartition("/")[2]
    assert kept.exists()
    assert office.post(f"{preview}/scarta").status_code == 302
    assert not kept.exists()
    assert office.get(preview).status_code == 404


def test_what_one_chose_nobody_else_confirms(office: FlaskClient, books: Books) -> None:
    preview = look(office)
    another = office.application.test_client()
    books.make.sign_in(another, books.make.holder(Role.PLAN_OFFICE))
    assert another.get(preview).status_code == 404


@pytest.fixture
def app_uploads(client: FlaskClient) -> Path:
    """Where files wait for a yes."""
    settings: Settings = client.application.extensions["settings"]
    return Path(settings.uploads_dir) / "programmi"


HOSTILE = {
    "nothing": ("a.csv", b""),
    "macros": ("a.xlsm", b"PK"),
    "the old format": ("a.xls", b"\xd0\xcf\x11\xe0"),
    "another kind": ("a.pdf", b"%PDF"),
    "no ending": ("a", b"x"),
    "a broken archive": ("a.xlsx", b"PK\x03\x04" + bytes(50)),
    "a bomb": ("a.xlsx", with_part(xlsx([HEADINGS]), "xl/sharedStrings.xml", bytes(21 << 20))),
    "merged cells": (
        "a.xlsx",
        xlsx([HEADINGS, line("A", "B", "F", "1")], lambda sheet: sheet.merge_cells("A2:B2")),
    ),
    "headings alone": ("a.ods", ods([HEADINGS])),
    "no text": ("a.csv", b"\x00\xff\x00"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read_is_refused_with_a_sentence(office: FlaskClient, what: str) -> None:
    answer = choose(office, *HOSTILE[what])
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_no_file_is_told(office: FlaskClient) -> None:
    assert office.post(import_page(office), data={}).status_code == 422


def test_others_than_the_office_import_nothing(
    make: Factory, books: Books, client: FlaskClient
) -> None:
    make.sign_in(client, make.citizen())
    assert client.get(import_page(client)).status_code == 403
    assert choose(client, "a.csv", GOOD).status_code == 403


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_has_its_sentence(kind: FaultKind, app: Any) -> None:
    fault = Fault(kind=kind, sheet="S", row=3, column="C", heading="H", value="7.50", known="8")
    with app.test_request_context():
        sentence = str(with_place(fault))
    assert sentence.startswith("foglio «S», riga 3, colonna C")
    assert "%(" not in sentence
    assert "%%" not in sentence
    assert set(SENTENCES) == set(FaultKind)


@pytest.mark.parametrize("kind", ["csv", "ods", "json", "zip", "regione"])
@pytest.mark.parametrize("where", ["{}/programma/2018/dati/{}", "/dati/programmi/{1}"])
def test_everybody_takes_the_figures_away(
    books: Books, client: FlaskClient, kind: str, where: str
) -> None:
    books.intervention((books.fund("FNPS"), "5"), title="Sportello")
    answer = client.get(where.format(books.make.here, kind), buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content_length == len(answer.data) > 100


def test_files_that_are_not_there_are_not_found(
    books: Books, client: FlaskClient, make: Factory
) -> None:
    for address in (f"{make.here}/programma/2018/dati/doc", "/dati/programmi/modello.doc"):
        assert client.get(address).status_code == 404
    assert client.get("/api/v1/programmes/999999/export/csv").status_code == 404


def test_programs_get_the_same_bytes(books: Books, client: FlaskClient) -> None:
    books.intervention((books.fund("FNPS"), "5"), title="Sportello")
    address = f"/api/v1/programmes/{books.programme.id}/export/csv"
    assert client.get(address, buffered=True).data == written(books, "csv")
    assert client.get("/api/v1/programmes/export/json", buffered=True).status_code == 200


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_can_be_read(books: Books, client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/dati/programmi/modello.{ending}", buffered=True)
    reading = reading_in(ending, answer.data)
    assert reading.faults == []
    assert [draft.rows for draft in reading.drafts] == [[2, 3]]


def test_the_page_of_the_formats_says_that_no_schema_is_public(
    books: Books, client: FlaskClient, make: Factory
) -> None:
    page = client.get(f"{make.here}/programma/2018/dati").text
    assert "piattaforma" in page
    assert "/importa" not in page
