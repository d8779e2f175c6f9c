"""A document taken into a chapter: looked at first, then all of it or nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.log import EntryRow
from consultazione.plan.blocks.commands.arranging import split_block
from consultazione.plan.blocks.models import Block
from consultazione.plan.importing.commands import MOST_AT_ONCE, import_blocks
from consultazione.plan.importing.reading.found import FoundBlock, Kind
from consultazione.plan.queries import blocks_of
from tests.support.documents import docx_of
from tests.support.factories import Factory
from tests.support.plan_desk import BODY, Desk
from tests.support.sheets import with_part

SHA = "0" * 64


@pytest.fixture
def desk(make: Factory) -> Desk:
    return Desk.begin(make)


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    """The browser of the plan office, which asks for English."""
    client = desk.make.sign_in(app.test_client(), desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def two_chapters(document: Any) -> None:
    document.add_heading("Il contesto", 1)
    document.add_paragraph("La zona ha dieci Comuni. Il capofila è uno.")
    document.add_paragraph("anziani", style="List Bullet")
    document.add_heading("I bisogni", 1)
    document.add_paragraph("Mancano gli sportelli.")


def chosen(client: FlaskClient, desk: Desk, content: bytes, name: str = "Piano.docx") -> Any:
    sent = {"file": (BytesIO(content), name)}
    return client.post(f"{desk.make.here}/piano/capitoli/1/importa", data=sent)


def written(desk: Desk) -> list[tuple[str, str]]:
    """The blocks of the first chapter."""
    with desk.make.session() as session:
        found = blocks_of(session, desk.chapter_ids[:1])
        return [(block.kind.value, block.body) for block in found]


def found(count: int, body: str = "Testo.") -> list[FoundBlock]:
    return [FoundBlock(kind=Kind.PARAGRAPH, body=body, place=place) for place in range(count)]


def test_a_document_is_shown_first_and_then_stands_after_what_was_there(
    office: FlaskClient, desk: Desk
) -> None:
    preview = chosen(office, desk, docx_of(two_chapters)).location
    page = office.get(preview).text
    assert "La zona ha dieci Comuni." in page
    assert "Piano.docx" in page
    assert written(desk) == [("paragraph", BODY)]
    place = office.post(preview).location
    assert written(desk) == [
        ("paragraph", BODY),
        ("heading", "Il contesto"),
        ("paragraph", "La zona ha dieci Comuni. Il capofila è uno."),
        ("list", "- anziani"),
        ("heading", "I bisogni"),
        ("paragraph", "Mancano gli sportelli."),
    ]
    assert "Il contesto" in office.get(place).text
    assert office.post(preview).status_code == 404


def test_one_part_can_be_taken_alone(office: FlaskClient, desk: Desk) -> None:
    preview = chosen(office, desk, docx_of(two_chapters)).location
    page = office.get(f"{preview}?parte=4").text
    assert "Only this part of the document is shown:" in page
    assert "La zona ha dieci Comuni." not in page
    office.post(f"{preview}?parte=4")
    assert written(desk)[1:] == [("heading", "I bisogni"), ("paragraph", "Mancano gli sportelli.")]


@pytest.mark.parametrize("part", [2, 99])
def test_what_is_no_part_is_not_found(office: FlaskClient, desk: Desk, part: int) -> None:
    preview = chosen(office, desk, docx_of(two_chapters)).location
    assert office.get(f"{preview}?parte={part}").status_code == 404
    assert office.post(f"{preview}?parte={part}").status_code == 404
    assert written(desk) == [("paragraph", BODY)]


def test_each_block_says_which_file_it_comes_from(office: FlaskClient, desk: Desk) -> None:
    office.post(chosen(office, desk, docx_of(two_chapters)).location)
    said = "From the file “Piano.docx”, which the plan office took in on"
    with desk.make.session() as session:
        block = blocks_of(session, desk.chapter_ids[:1])[2]
    page = office.get(f"/piano/paragrafi/{block.id}").text
    assert said in page
    assert "no contribution stands behind it" not in page
    new = desk.run(split_block, block_id=block.id, version=1, after=1)
    assert said in office.get(f"/piano/paragrafi/{new.id}").text
    assert said in office.get(f"/piano/paragrafi/{block.id}/versioni/1").text
    assert said not in office.get(f"/piano/paragrafi/{desk.block_id}").text


def test_the_log_says_it_once_and_then_block_by_block(office: FlaskClient, desk: Desk) -> None:
    office.post(chosen(office, desk, docx_of(two_chapters)).location)
    with desk.make.session() as session:
        kinds = session.scalars(
            select(EntryRow.kind).where(EntryRow.stream.like("plan:%")).order_by(EntryRow.number)
        ).all()
    assert kinds[1:] == [
        "blocks.imported", "block.written", "paragraph.written", "block.written",
        "block.written", "paragraph.written",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (with_part(docx_of(two_chapters), "word/vbaProject.bin", b"x"), "Piano.docx",
         "The document has macros"),
        (docx_of(two_chapters), "Piano.docm", "The document has macros"),
        (docx_of(two_chapters), "Piano.doc", "is in the old DOC format"),
        (b"%PDF-1.7", "Piano.pdf", "Choose a file of one of these kinds: DOCX, ODT."),
        (b"%PDF-1.7", "Piano.docx", "The document cannot be read"),
        (b"", "Piano.docx", "The file is empty"),
        (b"x", "", "Choose a file."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_at_the_field(
    office: FlaskClient, desk: Desk, content: bytes, name: str, sentence: str
) -> None:
    answer = chosen(office, desk, content, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert written(desk) == [("paragraph", BODY)]


def test_remarks_stand_on_the_preview_in_their_place(office: FlaskClient, desk: Desk) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Testo.")
        document.add_table(1, 1).cell(0, 0).text = "Un riquadro."

    page = office.get(chosen(office, desk, docx_of(fill)).location).text
    assert "A table of a single cell is taken as a paragraph." in page
    assert "Paragraph 2" in page


def test_a_preview_is_for_the_one_who_chose_the_file(
    app: Flask, office: FlaskClient, desk: Desk
) -> None:
    preview = chosen(office, desk, docx_of(two_chapters)).location
    other = desk.make.sign_in(app.test_client(), desk.make.holder(Role.PLAN_OFFICE))
    assert other.get(preview).status_code == 404
    assert other.post(preview).status_code == 404
    elsewhere = preview.replace("/capitoli/1/", "/capitoli/2/")
    assert office.get(elsewhere).status_code == 404
    assert app.test_client().get(preview).status_code in {302, 401}
    assert written(desk) == [("paragraph", BODY)]


def test_a_document_is_forgotten_when_asked(office: FlaskClient, desk: Desk) -> None:
    preview = chosen(office, desk, docx_of(two_chapters)).location
    office.post(f"{preview}/scarta")
    assert office.get(preview).status_code == 404
    assert written(desk) == [("paragraph", BODY)]


def test_if_one_block_is_refused_none_is_written(desk: Desk) -> None:
    blocks = [*found(2), *found(1, body=" ")]
    with pytest.raises(Invalid):
        desk.run(import_blocks, chapter_id=desk.chapter_ids[0], file="a", sha256=SHA, blocks=blocks)
    assert written(desk) == [("paragraph", BODY)]


@pytest.mark.parametrize("count", [0, MOST_AT_ONCE + 1])
def test_none_and_too_many_are_refused(desk: Desk, count: int) -> None:
    taken = {"chapter_id": desk.chapter_ids[0], "file": "a", "sha256": SHA}
    with pytest.raises(Invalid):
        desk.run(import_blocks, **taken, blocks=found(count))


def test_nothing_is_taken_into_a_plan_that_is_ready(desk: Desk) -> None:
    desk.make_ready()
    taken = {"chapter_id": desk.chapter_ids[0], "file": "a", "sha256": SHA}
    with pytest.raises(Conflict):
        desk.run(import_blocks, **taken, blocks=found(1))


def test_only_the_plan_office_takes_documents_in(app: Flask, desk: Desk) -> None:
    citizen: Actor = desk.make.citizen()
    taken = {"chapter_id": desk.chapter_ids[0], "file": "a", "sha256": SHA}
    with pytest.raises(NotAllowed):
        desk.run(import_blocks, by=citizen, **taken, blocks=found(1))
    client = desk.make.sign_in(app.test_client(), citizen)
    assert chosen(client, desk, docx_of(two_chapters)).status_code == 403


def test_blocks_keep_the_order_of_the_document(desk: Desk) -> None:
    blocks = [FoundBlock(kind=Kind.PARAGRAPH, body=f"{n}.", place=n) for n in range(50)]
    taken = {"chapter_id": desk.chapter_ids[0], "file": "a", "sha256": SHA}
    made: list[Block] = desk.run(import_blocks, **taken, blocks=blocks)
    assert [block.rank for block in made] == list(range(2, 52))
    assert [body for _kind, body in written(desk)][1:] == [block.body for block in blocks]
