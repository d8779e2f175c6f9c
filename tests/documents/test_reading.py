"""The text of uploaded files, read by a process with limits; hostile files end only that one."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from consultazione.documents.reading import READABLE, ReadingLimits, pages_of
from tests.support.office_files import docx, odt, pdf

EMPTY_PARAGRAPHS = 1_000_000


def bomb() -> bytes:
    """A DOCX of a few kilobytes that takes some 150 MB to read."""
    whole = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(docx("Un testo"))) as good,
        zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as parts,
    ):
        for name in good.namelist():
            content = good.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * EMPTY_PARAGRAPHS)
            parts.writestr(name, content)
    return whole.getvalue()


def test_a_pdf_is_read_page_by_page() -> None:
    found = pages_of(pdf("Sportello sociale", "", "Domiciliari"), READABLE["pdf"])
    assert found is not None
    assert [page.strip() for page in found] == ["Sportello sociale", "", "Domiciliari"]


@pytest.mark.parametrize(("make", "ending"), [(docx, "docx"), (odt, "odt")])
def test_an_office_document_is_read_with_its_tables(make: object, ending: str) -> None:
    assert callable(make)
    assert pages_of(make("Perché sì", "In una tabella"), READABLE[ending]) == [
        "Perché sì\nIn una tabella"
    ]


def test_a_long_text_is_cut_into_parts() -> None:
    text = "\n".join(["parola " * 20] * 100)
    found = pages_of(text.encode(), READABLE["txt"])
    assert found is not None
    assert len(found) > 3
    assert "\n".join(found) == text


def test_signs_that_show_nothing_are_left_out() -> None:
    assert pages_of("a\u200b\ue000b\x00c".encode(), READABLE["txt"]) == ["abc"]


@pytest.mark.parametrize("ending", ["pdf", "docx", "odt"])
def test_a_file_that_is_something_else_has_no_text(ending: str) -> None:
    assert pages_of(b"%PDF-1.7 and nothing that follows", READABLE[ending]) is None


def test_a_file_that_would_fill_the_memory_has_no_text() -> None:
    small = ReadingLimits(memory=120_000_000)
    assert len(bomb()) < 100_000
    assert pages_of(docx("Un testo"), READABLE["docx"], small) == ["Un testo"]
    assert pages_of(bomb(), READABLE["docx"], small) is None
    found = pages_of(bomb(), READABLE["docx"])
    assert found is not None
    assert found[-1].endswith("Un testo")


def test_a_file_that_takes_too_long_has_no_text() -> None:
    hurried = ReadingLimits(seconds=0)
    assert pages_of(b"Un testo", READABLE["txt"], hurried) is None


def test_of_a_very_long_file_so_many_pages_are_read() -> None:
    few = ReadingLimits(pages=2, of_a_page=4)
    assert pages_of(pdf("Prima", "Seconda", "Terza"), READABLE["pdf"], few) == ["Prim", "Seco"]
