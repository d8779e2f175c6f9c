"""The whole plan as page, PDF and ODT: the same words in all three."""

from __future__ import annotations

import html
import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from odfdo import Document
from pikepdf import Pdf
from pypdf import PdfReader

from consultazione.core import clock
from consultazione.plan.blocks.commands.writing import write_block
from consultazione.plan.blocks.models import BlockKind
from consultazione.plan.commands.answering import take_in
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.papers.model import plan_paper
from tests.support.factories import Factory
from tests.support.plan_desk import Desk
from tests.support.upload_samples import PNG

FIGURE = {"body": "Anziani per Comune.", "alt": "Crescono in ogni Comune."}


@pytest.fixture
def client(app: Flask, make: Factory) -> FlaskClient:
    """The browser of the office, with a plan that has a block of each kind."""
    desk = Desk.begin(make)
    (contribution,) = make.contributions("Open a desk.")
    where = {"chapter_id": desk.chapter_ids[0]}
    desk.run(write_block, **where, kind=BlockKind.HEADING, body="I bisogni")
    desk.run(write_block, **where, kind=BlockKind.LIST, body="- primo **punto**\n- secondo punto")
    table = "Prima si legge.\n\n| Ente | Ore |\n| --- | --- |\n| Unione | 10 |\n| Ausl | 20 |"
    desk.run(write_block, **where, kind=BlockKind.TABLE, body=table.partition("\n\n")[2])
    desk.run(write_paragraph, **where, body=f"{table}\n\nPoi *si sceglie*.")
    desk.run(take_in, contribution_id=contribution.id, body="Uno sportello.", reason="Serve.")
    browser = make.sign_in(app.test_client(), desk.office)
    sent = {**FIGURE, "file": (BytesIO(PNG), "anziani.png")}
    assert browser.post(f"{make.here}/piano/capitoli/1/nuova-figura", data=sent).status_code == 302
    return browser


def words(text: str) -> str:
    """The letters and digits of a text, without the rest and without blanks."""
    return "".join(re.findall(r"\w+", text))


def chapters_of(page: str) -> str:
    """The words of the chapters of the page, in order."""
    within = page.partition('class="whole-plan">')[2].partition("</main>")[0]
    without = re.sub(r"<footer.*|<aside.*", "", within, flags=re.DOTALL)
    return words(html.unescape(re.sub(r"<[^>]*>", " ", without)))


def test_a_plan_is_called_invented_if_something_in_it_is(make: Factory) -> None:
    desk = Desk.begin(make)
    for demo in (False, True):
        given = {"chapter_id": desk.chapter_ids[1], "body": "Due sportelli.", "demo": demo}
        desk.run(write_paragraph, **given)
        with make.session() as session:
            paper = plan_paper(session, make.cycle.id, public_url="https://x", at=clock.now())
        assert paper["demo"] is demo


def test_page_and_pdf_say_the_same_in_the_same_order(client: FlaskClient, make: Factory) -> None:
    page = chapters_of(client.get(f"{make.here}/piano/intero").text)
    answer = client.get(f"{make.here}/piano/piano.pdf")
    assert answer.mimetype == "application/pdf"
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(answer.data)).pages[2:]]
    body = words(" ".join(re.sub(r"Unione di prova · Piano .*", "", sheet) for sheet in sheets))
    assert page == body
    assert "UnosportelloDaicontributi" in page


def test_the_pdf_is_archival_and_tagged(client: FlaskClient, make: Factory) -> None:
    with Pdf.open(BytesIO(client.get(f"{make.here}/piano/piano.pdf").data)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "it-IT"


def test_the_odt_has_the_same_words_as_the_page(client: FlaskClient, make: Factory) -> None:
    answer = client.get(f"{make.here}/piano/piano.odt")
    document = Document(BytesIO(answer.data))
    told = words(" ".join(str(text) for text in document.body.xpath("//text()")))
    assert [h.text_recursive for h in document.body.headers][:2] == ["1. Chapter 1", "I bisogni"]
    assert len(document.body.tables) == 2
    for said in ("primopunto", "Unione10", "Crescono", "Anziani", "Dai contributi"):
        assert words(said) in told
    assert document.body.images
