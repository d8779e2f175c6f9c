"""The pages of the memory and its REST resources."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.config import Settings
from consultazione.core.actor import Actor, Role
from consultazione.memory.models import ArchiveDocument, LinkKind, PriorityLink
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.queries import get_contribution
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from tests.support.office_files import docx, pdf
from tests.support.past_cycles import Memory

RECORDED = "A formal act was entered in the register of acts."
UPLOAD = {
    "title": "Piano di zona 2012/14",
    "kind": "plan",
    "first_year": "2012",
    "last_year": "2014",
    "body": "Comune di prova",
    "source": "Elenco del sito",
}


@pytest.fixture
def uploads(settings: Settings) -> Path:
    """Where the application keeps files."""
    return settings.uploads_dir


def file(content: bytes, name: str) -> dict[str, Any]:
    """The fields of an upload, and the file."""
    return {**UPLOAD, "file": (BytesIO(content), name)}


def test_without_a_past_the_pages_say_so(client: FlaskClient, make: Factory) -> None:
    years = make.cycle.years
    page = client.get(f"{make.here}/memoria").text
    assert "No document of past years is kept here yet." in page
    assert "There is one cycle so far." in page
    looked_back = client.get(f"{make.here}/memoria/{years}").text
    assert "Compare" not in looked_back
    assert "Other cycles" not in looked_back
    assert "The priorities of these years are not written down yet." in looked_back
    assert "No conclusion of a table of these years" in looked_back
    assert "Other cycles" not in looked_back
    assert "<h2>Compare</h2>" not in looked_back
    assert client.get(f"{make.here}/confronto/{years}").status_code == 404
    for wrong in ("2001-2003", "ieri", "2015-20", "-", "９９９９-1234"):
        assert client.get(f"{make.here}/memoria/{wrong}").status_code == 404


def test_a_past_cycle_asks_nobody_to_write(
    client: FlaskClient, memory: Memory, office: Actor, make: Factory
) -> None:
    make.sign_in(client, office)
    acts = {"kind": "approval", "title": "Avviso", "on_day": "2021-02-05", "body": "Unione"}
    client.post(f"{memory.here}/percorso/atti/nuovo", data={**acts, "source": "albo"})
    then = memory.here.replace(memory.now.years, memory.past.years)
    for one, other in ((memory.past, memory.now), (memory.now, memory.past)):
        looked_back = client.get(f"{memory.here}/memoria/{one.years}").text
        pair = f"{memory.here}/confronto/".replace(memory.now.years, one.years) + other.years
        assert f'href="{pair}">With the cycle {other.years}</a>' in looked_back
    home = client.get(f"{then}/").text
    assert "A plan of the past" in home
    assert f'href="{then}/memoria/{memory.past.years}"' in home
    assert f'href="{memory.here}/"' in home
    assert "is written together" not in home
    assert RECORDED not in home
    for path in ("", "proposte", "percorso"):
        assert "Write a proposal" not in client.get(f"{then}/{path}").text
    sent = client.get(f"{then}/proposte/nuova", follow_redirects=True)
    assert sent.request.path == f"{then}/proposte"
    assert "This cycle is past" in sent.text
    now = client.get(f"{memory.here}/").text
    assert "is written together" in now
    assert RECORDED in now


def test_documents_stand_by_years_with_file_or_title_alone(
    client: FlaskClient, memory: Memory, uploads: Path
) -> None:
    with_file = memory.document(uploads, "Sportello sociale", demo=True)
    memory.document(title="Programma attuativo 2006", first_year=2006, last_year=2006)
    page = client.get(f"{memory.here}/memoria").text
    assert re.search(r"<h3>2015-2017</h3>.*<h3>2006</h3>", page, re.DOTALL)
    assert page.count("Only the title is kept here") == 1
    shown = client.get(f"/archivio/{with_file.id}").text
    assert "Invented for the demonstration" in shown
    assert 'id="pagina-1"' in shown
    assert "Sportello sociale" in shown
    with client.get(f"/archivio/{with_file.id}/piano.txt") as sent:
        assert sent.data == b"Sportello sociale"
        assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert client.get(f"/archivio/{with_file.id}/altro.txt").status_code == 404
    assert client.get("/archivio/999999").status_code == 404


def test_words_are_found_in_any_inflection_on_their_page(
    client: FlaskClient, memory: Memory, uploads: Path
) -> None:
    row = memory.document(uploads, "Gli anziani soli", "Gli sportelli <b>sociali</b> del distretto")
    page = client.get(f"{memory.here}/memoria?q=sportello+sociale").text
    assert f'href="/archivio/{row.id}?dopo=1#pagina-2"' in page
    assert "<mark>sportelli</mark>" in page
    assert "<b>" not in page
    assert "In the titles" in client.get(f"{memory.here}/memoria?q=piano").text
    assert "stand in no document" in client.get(f"{memory.here}/memoria?q=astronave").text
    assert "stand in no document" in client.get(f"{memory.here}/memoria?q=%22--%27").text


def test_passages_come_page_by_page(client: FlaskClient, memory: Memory, uploads: Path) -> None:
    memory.document(uploads, *(f"sportello {n}" for n in range(1, 24)))
    first = client.get(f"{memory.here}/memoria?q=sportello").text
    following = re.search(
        r'href="([^"]+/memoria\?q=[^"]+)"[^>]*>Show the next', first
    ) or re.search(r'rel="next" href="([^"]+)"', first)
    assert first.count("<mark>") == 20
    assert following
    assert client.get(following[1].replace("&amp;", "&")).text.count("<mark>") == 3


def test_the_office_adds_a_document_whose_text_is_found(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor
) -> None:
    make.sign_in(client, office)
    sent = client.post(
        f"{memory.here}/memoria/documenti/nuovo", data=file(pdf("Assegni di cura"), "piano.pdf")
    )
    assert sent.status_code == 302, sent.text
    assert "The text can be searched" not in client.get(sent.location).text
    assert "Assegni di cura" in client.get(sent.location).text
    assert "Assegni" in client.get(f"{memory.here}/memoria?q=assegno").text
    number = sent.location.rpartition("/")[2]
    again = client.post(
        f"/archivio/{number}/file", data={"file": (BytesIO(docx("Altro", "Testo")), "nuovo.docx")}
    )
    assert again.status_code == 302
    assert "Assegni" not in client.get(sent.location).text
    client.post(f"/archivio/{number}/togli")
    assert client.get(sent.location).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ", "gioco.exe", "Choose a PDF, an ODT, a DOCX"),
        (b"\x89PNG", "foto.png", "Choose a PDF, an ODT, a DOCX"),
        (b"<html>", "piano.pdf", "The content is not what the name says."),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_nothing_typed_is_lost(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor, content: bytes, name: str,
    said: str,
) -> None:  # fmt: skip
    make.sign_in(client, office)
    sent = client.post(f"{memory.here}/memoria/documenti/nuovo", data=file(content, name))
    assert sent.status_code == 422
    assert said in sent.text
    assert 'value="Piano di zona 2012/14"' in sent.text
    with make.session() as session:
        assert session.scalars(select(ArchiveDocument)).all() == []


def test_a_broken_pdf_is_kept_and_the_page_says_that_it_cannot_be_read(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor
) -> None:
    make.sign_in(client, office)
    sent = client.post(
        f"{memory.here}/memoria/documenti/nuovo", data=file(b"%PDF-1.7 nothing", "piano.pdf")
    )
    assert "could not be read; the file itself is kept" in client.get(sent.location).text


def test_years_that_are_no_years_are_named(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor
) -> None:
    make.sign_in(client, office)
    for years in (("", "2014"), ("2014", "2012"), ("ieri", "2014"), ("12", "2014")):
        given = {**UPLOAD, "first_year": years[0], "last_year": years[1]}
        sent = client.post(f"{memory.here}/memoria/documenti/nuovo", data=given)
        assert sent.status_code == 422
        assert re.search(r'href="#field-(first|last)_year"', sent.text)


def test_a_past_cycle_is_added_with_its_priorities_and_assessed(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor
) -> None:
    make.sign_in(client, office)
    added = client.post(
        f"{memory.here}/memoria/cicli/nuovo", data={"first_year": "2012", "last_year": "2014"}
    )
    assert added.location == f"{memory.here}/memoria/2012-2014"
    given = {"title": "Trasporto sociale", "source": "Piano 2012/14, p. 3"}
    client.post(f"{memory.here}/memoria/2012-2014/priorita/nuova", data=given)
    page = client.get(f"{memory.here}/memoria/2012-2014").text
    assert "Trasporto sociale" in page
    assert "Nobody has assessed it yet" in page
    address = re.search(r'href="(/promesse/priorita/\d+/valuta)"', page)
    assert address
    missing = client.post(address[1], data={"fulfilment": "done", "evidence": "corta"})
    assert missing.status_code == 422
    judged = {
        "fulfilment": "not_done",
        "evidence": "Nessun mezzo acquistato.",
        "source": "Bilancio",
    }
    sent = client.post(address[1], data=judged)
    assert "Nessun mezzo acquistato." in client.get(sent.location).text
    assert "Nessun mezzo acquistato." in client.get(f"{memory.here}/memoria/2012-2014").text
    assert 'value="not_done" checked' in client.get(address[1]).text


def test_a_conclusion_of_a_table_is_assessed(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    with make.session() as session:
        outcome_id = get_contribution(session, contribution.id).item.outcome_id
    make.sign_in(client, office)
    address = f"/promesse/conclusioni/{contribution.item_id}/valuta"
    assert address in client.get(f"{memory.here}/memoria/{memory.now.years}").text
    assert "Open a desk." in client.get(address).text
    judged = {"fulfilment": "done", "evidence": "Aperto nel 2022.", "source": "Relazione"}
    page = client.get(client.post(address, data=judged).location).text
    assert f'href="/esiti/{outcome_id}#voce-1"' in page


def test_a_cycle_names_the_others_and_offers_to_compare(
    client: FlaskClient, memory: Memory
) -> None:
    looked_back = f"{memory.here}/memoria/{memory.now.years}"
    page = client.get(looked_back).text
    compare = f'href="{memory.here}/confronto/2015-2017">With the cycle 2015-2017</a>'
    assert re.search(rf"<h2>Compare</h2>.*{re.escape(compare)}.*<h2>Other cycles</h2>", page, re.S)
    past = client.get(f"{memory.here}/memoria/2015-2017").text
    assert f"With the cycle {memory.now.years}</a>" in past


def test_two_cycles_stand_beside_each_other(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor
) -> None:
    before, gone = memory.priority("Domiciliarità"), memory.priority("Trasporti")
    memory.link(LinkKind.CHANGED, priority_id=memory.of_now.id, earlier_id=before.id)
    make.table(name="Tavolo Welfare")
    page = client.get(f"{memory.here}/confronto/2015-2017").text
    assert "The cycles 2015-2017 and 2021-2023 compared" in page
    assert re.search(r"Domiciliarità.*Changed.*Prossimità", page, re.DOTALL)
    assert re.search(r"Priorities of 2015-2017 of which nothing is said yet.*Trasporti", page, re.S)
    assert re.search(r"<dt>Changed</dt><dd>1</dd>.*<dt>New</dt><dd>0</dd>", page, re.DOTALL)
    italian = client.get(f"{memory.here}/confronto/2015-2017", headers={"Accept-Language": "it"})
    assert re.search(r"<dt>Modificate</dt>.*Domiciliarità.*Modificata", italian.text, re.DOTALL)
    assert re.search(r"neither cycle has a text here.*Obiettivi", page, re.DOTALL)
    assert "The text of this cycle is not kept here." not in page
    with make.session() as session:
        chapter = chapters(session, memory.now.id)[0]
    with make.database.transaction(office) as tx:
        write_paragraph(tx, chapter_id=chapter.id, body="Uno sportello in ogni Comune.")
    page = client.get(f"{memory.here}/confronto/2015-2017").text
    assert re.search(
        r"The text of this cycle is not kept here.*Uno sportello in ogni Comune", page, re.S
    )
    assert "Tavolo Welfare" in page
    make.sign_in(client, office)
    assert (
        f'href="{memory.here}/confronto/2015-2017/priorita"'
        in client.get(f"{memory.here}/confronto/2015-2017").text
    )
    said = {"kind": "dropped", "earlier_id": str(gone.id), "note": "Passato alla Provincia."}
    client.post(f"{memory.here}/confronto/2015-2017/priorita", data=said)
    assert "Passato alla Provincia." in client.get(f"{memory.here}/confronto/2015-2017").text
    refused = client.post(f"{memory.here}/confronto/2015-2017/priorita", data=said)
    assert refused.status_code == 422
    with make.session() as session:
        link = session.scalars(select(PriorityLink).filter_by(earlier_id=gone.id)).one()
    assert client.post(f"/legami/{link.id}/togli").location.startswith(
        f"{memory.here}/confronto/2015-2017"
    )
    assert "Passato alla Provincia." not in client.get(f"{memory.here}/confronto/2015-2017").text


def test_organisations_comment_and_a_hidden_comment_shows_its_reason(
    client: FlaskClient, memory: Memory, make: Factory
) -> None:
    address = f"/promesse/{memory.assessed().id}"
    assert "Sign in to comment for your organisation" in client.get(address).text
    assert client.post(address, data={"body": "Non ci risulta affatto."}).status_code == 422
    make.sign_in(client, make.delegate())
    client.post(address, data={"body": "Non ci risulta affatto."})
    page = client.get(address).text
    assert "Non ci risulta affatto." in page
    assert "Voluntary organisations" in page
    assert "comments (1)" in client.get(f"{memory.here}/memoria/2015-2017").text
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    hide = re.search(r'href="(/promesse/commenti/\d+/nascondi)"', client.get(address).text)
    assert hide
    client.post(hide[1], data={"reason": "Nomina una persona."})
    page = client.get(address).text
    assert "Non ci risulta affatto." not in page
    assert "Nomina una persona." in page
    assert "comments (0)" in client.get(f"{memory.here}/memoria/2015-2017").text


def test_a_reader_sees_no_forms_and_a_participant_gets_none(
    client: FlaskClient, memory: Memory, make: Factory
) -> None:
    document, assessment = memory.document(), memory.assessed()
    pages = (
        f"{memory.here}/memoria",
        f"{memory.here}/memoria/2015-2017",
        f"{memory.here}/confronto/2015-2017",
        f"/archivio/{document.id}",
    )
    for path in pages:
        assert "btn-outline-danger" not in client.get(path).text
    make.sign_in(client, make.citizen())
    for path in (
        f"{memory.here}/memoria/documenti/nuovo",
        f"{memory.here}/memoria/cicli/nuovo",
        f"{memory.here}/memoria/2015-2017/priorita/nuova",
        f"{memory.here}/confronto/2015-2017/priorita",
        f"/archivio/{document.id}/file",
        f"/promesse/priorita/{assessment.priority_id}/valuta",
    ):
        assert client.get(path).status_code == 403
    client.post(f"/archivio/{document.id}/togli")
    assert client.get(f"/archivio/{document.id}").status_code == 200


def test_programs_read_the_memory(client: FlaskClient, memory: Memory, uploads: Path) -> None:
    row = memory.document(uploads, "Gli sportelli", "Le case")
    memory.document(title="Programma attuativo 2006", first_year=2006, last_year=2006)
    all_rows = client.get("/api/v1/archive").get_json()
    assert [found["first_year"] for found in all_rows] == [2015, 2006]
    assert all_rows[0]["url"] == f"/archivio/{row.id}/piano.txt"
    assert all_rows[1]["sha256"] is None
    assert [r["id"] for r in client.get("/api/v1/archive?words=sportello").get_json()] == [row.id]
    assert client.get(f"/api/v1/archive/{row.id}").get_json()["title"] == "Piano di zona 2015/17"
    text = client.get(f"/api/v1/archive/{row.id}/text?limit=1").get_json()
    assert text["items"] == [{"number": 1, "body": "Gli sportelli"}]
    assert client.get(text["next"]).get_json()["items"] == [{"number": 2, "body": "Le case"}]
    link = memory.link(
        LinkKind.CONTINUED, priority_id=memory.of_now.id, earlier_id=memory.priority().id
    )
    (said,) = client.get("/api/v1/priorities/since/2015-2017").get_json()
    assert (said["id"], said["kind"], said["earlier"]) == (link.id, "continued", "Domiciliarità")
    memory.assessed(priority_id=link.earlier_id)
    (promise,) = client.get("/api/v1/promises/2015-2017").get_json()
    assert (promise["fulfilment"], promise["item_id"]) == ("partly", None)
    (open_promise,) = client.get("/api/v1/promises/2021-2023").get_json()
    assert open_promise["fulfilment"] is None
    assert client.get("/api/v1/promises/2001-2003").status_code == 404


def test_a_long_chapter_is_compared_in_its_beginning_and_read_on_its_page(
    client: FlaskClient, memory: Memory, make: Factory, office: Actor
) -> None:
    with make.session() as session:
        long, short = (row.id for row in chapters(session, memory.now.id))
    with make.database.transaction(office) as tx:
        for rank in range(1, 12):
            write_paragraph(tx, chapter_id=long, body=f"Il capoverso {rank}.")
        for rank in range(1, 11):
            write_paragraph(tx, chapter_id=short, body=f"Una risorsa {rank}.")
    page = client.get(f"{memory.here}/confronto/2015-2017").text
    assert (page.count("Il capoverso"), page.count("Una risorsa")) == (10, 10)
    assert page.count("Read the whole chapter") == 1
    place = re.search(r'href="([^"]+)">Read the whole chapter', page)
    assert place
    assert "Il capoverso 11." in client.get(place[1]).text


@pytest.mark.parametrize("after", [10**9, 2**31, 2**63 - 1])
def test_a_page_that_no_document_has_is_no_fault(
    client: FlaskClient, memory: Memory, uploads: Path, after: int
) -> None:
    row = memory.document(uploads, "Sportello sociale")
    assert client.get(f"/archivio/{row.id}?dopo={after}").status_code == 200
    search = f"{memory.here}/memoria?q=sportello&documento={row.id}&pagina={after}"
    assert client.get(search).status_code == 200
    rest = client.get(f"/api/v1/archive/{row.id}/text?after={after}")
    assert rest.status_code == (200 if after <= 10**9 else 422)


def test_words_that_stand_in_no_text_find_nothing(client: FlaskClient, make: Factory) -> None:
    odd = client.get(f"{make.here}/memoria?q=sportelli%00")
    assert (odd.status_code, 'value="sportelli' in odd.text) == (200, False)
