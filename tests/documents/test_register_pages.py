"""The register as a page, a file and over REST; what stands in it under an address of its own."""

from __future__ import annotations

import csv
import io
import re
from http import HTTPStatus
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.documents.kinds import DocumentKind
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import to_json
from consultazione.documents.register import register_document
from consultazione.minutes.kind import MINUTES
from consultazione.outcomes.kind import OUTCOME
from consultazione.people.models import Category
from consultazione.plan.certificates.kind import CERTIFICATE
from consultazione.zones.commands.setting_up import NewChapter, open_cycle
from tests.support.factories import Factory
from tests.support.paper_example import EXAMPLE
from tests.support.papers import claims, text_of_odt, text_of_pdf, words, words_of_page

REASON = {"reason": "Registrato due volte per errore."}


def kept(
    make: Factory,
    organisation_id: int | None = None,
    of: tuple[DocumentKind, int] = (OUTCOME, 9),
    version: int = 1,
) -> Registration:
    """A document that the register itself keeps, about an object of a kind."""
    with make.database.transaction(SYSTEM) as tx:
        return register_document(
            tx, make.zone.id, of[0], object_id=of[1], version=version, digest="a" * 64,
            content=to_json(EXAMPLE), organisation_id=organisation_id,
        )  # fmt: skip


def test_an_empty_register_says_when_it_begins(client: FlaskClient, make: Factory) -> None:
    assert "Nessun documento ha ancora un numero" in client.get(f"{make.here}/documenti").text


def test_the_register_by_kind_and_year(client: FlaskClient, make: Factory) -> None:
    outcome = make.outcome("Open a desk.")
    page = client.get(f"{make.here}/documenti").text
    assert outcome.digest[:12] in page
    assert page.count("n. 1/") == 3  # the notice, the minutes, the outcome
    only = client.get(f"{make.here}/documenti?tipo=minutes").text
    assert outcome.digest[:12] not in only
    assert only.count("n. 1/") == 1
    other = client.get(f"{make.here}/documenti?anno=1999").text
    assert "Nessun documento di questo tipo ha un numero in questo anno" in other
    assert client.get(f"{make.here}/documenti?tipo=ricetta&anno=x").text.count("n. 1/") == 3


def test_a_document_leads_to_the_entry_that_gave_it_its_number(
    client: FlaskClient, make: Factory
) -> None:
    registration = kept(make)
    stream = f"register:{make.zone.id}"
    page = client.get(f"/documenti/{registration.id}").text
    assert f"/proof/{stream}/1.tlog-proof" in unquote(page)
    log_page = next(one for one in re.findall(r'href="([^"]+flusso=[^"]+)"', page))
    assert unquote(log_page).endswith(f"flusso={stream}")
    assert client.get(log_page).status_code == HTTPStatus.OK


def test_the_register_as_a_file_and_over_rest(client: FlaskClient, make: Factory) -> None:
    outcome = make.outcome("Open a desk.")
    text = client.get(f"{make.here}/documenti.csv?tipo=outcome").data.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["tipo"], row["numero"]) == ("Esito", "1")
    assert row["impronta_documento"] == outcome.digest
    place = f"zone={make.zone.slug}&cycle={make.cycle.years}"
    body = client.get(f"/api/v1/documents?{place}&limit=2").get_json()
    assert [item["kind"] for item in body["items"]] == ["notice", "minutes"]
    rest = client.get(body["next"]).get_json()
    assert [(item["kind"], item["digest"]) for item in rest["items"]] == [
        ("outcome", outcome.digest)
    ]
    assert rest["next"] is None


def test_a_number_leads_to_the_document_of_its_feature(client: FlaskClient, make: Factory) -> None:
    outcome = make.outcome("Open a desk.")
    listed = client.get(f"/api/v1/documents?zone={make.zone.slug}&kind=outcome").get_json()
    number = listed["items"][0]["id"]
    page = client.get(f"/documenti/{number}").text
    assert f'href="/esiti/{outcome.id}"' in page
    assert outcome.digest in page
    assert client.get(f"/documenti/{number}.pdf").status_code == 404
    assert client.get(f"/documenti/{number + 1}").status_code == 404


def test_what_the_register_keeps_is_read_as_page_pdf_and_odt(
    client: FlaskClient, make: Factory
) -> None:
    row = kept(make)
    page = words_of_page(client.get(f"/documenti/{row.id}").text)
    answer = client.get(f"/documenti/{row.id}.pdf")
    assert answer.headers["Content-Disposition"].endswith(f'"esito-1-{row.year}.pdf"')
    assert claims(answer.data) == ("3", "A", "1")
    number = words(f"Registro dei documenti: Esito n. 1/{row.year}")
    body = page.removeprefix(number)
    assert page.startswith(number)
    assert words(text_of_pdf(answer.data)).endswith(body)
    assert words(text_of_odt(client.get(f"/documenti/{row.id}.odt").data)).endswith(body)
    assert client.get(f"/documenti/{row.id}.pdf").data == answer.data


def test_a_document_stands_in_the_cycle_of_what_it_is_about(
    client: FlaskClient, make: Factory
) -> None:
    outcome, here = make.outcome("Open a desk."), make.here
    with make.database.transaction(SYSTEM) as tx:
        years = range(clock.today().year, clock.today().year + 2)
        chapters = [NewChapter(title="Obiettivi")]
        open_cycle(tx, zone_id=make.zone.id, first_year=years[0], last_year=years[1],
                   chapters=chapters, priorities=[])  # fmt: skip
    assert make.here != here
    minutes = kept(make, of=(MINUTES, outcome.minutes_id), version=2)
    certificate = kept(make, of=(CERTIFICATE, make.organisation().id))
    assert f'href="{here}/documenti"' in client.get(f"/documenti/{minutes.id}").text
    assert f'href="{make.here}/documenti"' in client.get(f"/documenti/{certificate.id}").text


def test_what_was_written_for_an_organisation_is_read_by_it_and_the_office(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    union, other = make.organisation(Category.UNION), make.organisation(Category.UNION)
    delegate, stranger = make.person(), make.person()
    make.mandate(delegate, union)
    make.mandate(stranger, other)
    row = kept(make, union.id)
    for reader, status in ((None, 403), (stranger, 403), (delegate, 200)):
        browser = make.sign_in(app.test_client(), make.actor(reader)) if reader else client
        assert browser.get(f"/documenti/{row.id}.odt").status_code == status
        page = browser.get(f"/documenti/{row.id}")
        assert page.status_code == 200
        assert ("Che cosa si conclude" in page.text) is (status == 200)
        assert (union.name in page.text) is (status == 200)
    office = make.sign_in(app.test_client(), make.holder(Role.PLAN_OFFICE))
    assert office.get(f"/documenti/{row.id}.odt").status_code == 200


@pytest.mark.parametrize("role", [Role.PLAN_OFFICE, Role.ADMINISTRATOR])
def test_the_office_annuls_with_a_reason_that_everybody_reads(
    app: Flask, client: FlaskClient, make: Factory, role: Role
) -> None:
    row = kept(make)
    path = f"/documenti/{row.id}/annulla"
    office = make.sign_in(app.test_client(), make.holder(role))
    assert office.get(path).status_code == 200
    assert office.post(path, data={"reason": ""}).status_code == 422
    assert office.post(path, data=REASON).status_code == 302
    for page in (f"/documenti/{row.id}", f"{make.here}/documenti"):
        assert REASON["reason"] in client.get(page).text
    assert "annullato il" in text_of_pdf(client.get(f"/documenti/{row.id}.pdf").data)
    assert "è già annullato" in office.post(path, data=REASON).text


def test_nobody_else_annuls(app: Flask, make: Factory) -> None:
    row = kept(make)
    browser = make.sign_in(app.test_client(), make.citizen())
    assert browser.post(f"/documenti/{row.id}/annulla", data=REASON).status_code == 403
