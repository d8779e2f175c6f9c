"""The view model of documents: kept as JSON, and the same words as page, PDF and ODT."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
from flask import Flask
from odfdo import Document

from consultazione.documents.paper.model import Block, Heading, Paper, from_json, text, to_json
from consultazione.documents.paper.odt import odt_of
from consultazione.documents.paper.pdf import Attached, asked_for
from consultazione.documents.typesetting import typeset
from tests.support.paper_example import EXAMPLE, SEAL
from tests.support.papers import (
    claims,
    faults,
    front,
    text_of_odt,
    text_of_pdf,
    words,
    words_of_page,
)

AT = datetime(2018, 3, 5, 16, 0, tzinfo=UTC)
ATTACHED = Attached("esito.json", '{"a": 1}', "Allegato come dati.")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """The example as PDF, with an attachment."""
    return typeset(asked_for(EXAMPLE, SEAL, at=AT, attached=[ATTACHED]))


@pytest.fixture
def page(app: Flask) -> str:
    """The words of the example on its page, without its number."""
    with app.test_request_context():
        macros: Any = app.jinja_env.get_template("macros/paper.html").module
        shown = words_of_page(macros.paper(EXAMPLE, SEAL))
    assert shown.startswith(words(SEAL.number))
    return shown.removeprefix(words(SEAL.number))


def test_the_example_has_a_block_of_each_kind() -> None:
    assert {type(block) for block in EXAMPLE.blocks} == set(get_args(Block))


def test_what_is_kept_as_json_is_the_same_document() -> None:
    kept = json.loads(json.dumps(to_json(EXAMPLE)))
    assert from_json(kept) == EXAMPLE
    assert to_json(from_json(kept)) == to_json(EXAMPLE)


@pytest.mark.parametrize(
    "wrong", [{"block": "video"}, {"block": "heading", "level": 5, "text": ""}]
)
def test_what_is_no_block_is_not_read(wrong: dict[str, object]) -> None:
    kept = json.loads(json.dumps(to_json(EXAMPLE))) | {"blocks": [wrong]}
    with pytest.raises(Exception, match=r"structuring|While"):
        from_json(kept)


def test_the_pdf_says_what_the_page_says(page: str, pdf: bytes) -> None:
    said = words(text_of_pdf(pdf))
    assert said == front(EXAMPLE, SEAL) + page + words(ATTACHED.description)


def test_the_odt_says_what_the_page_says(page: str) -> None:
    assert words(text_of_odt(odt_of(EXAMPLE, SEAL, at=AT))) == front(EXAMPLE, SEAL) + page


def test_equal_documents_give_equal_bytes(pdf: bytes) -> None:
    other = Paper(**{**vars(EXAMPLE), "notice": "Altra copia."})
    assert typeset(asked_for(EXAMPLE, SEAL, at=AT, attached=[ATTACHED])) == pdf
    assert odt_of(EXAMPLE, SEAL, at=AT) == odt_of(EXAMPLE, SEAL, at=AT)
    assert odt_of(EXAMPLE, SEAL, at=AT) != odt_of(other, SEAL, at=AT)


def test_the_pdf_is_archival_and_can_be_heard(pdf: bytes, tmp_path: Path) -> None:
    assert claims(pdf) == ("3", "A", "1")
    assert faults(pdf, tmp_path) == []


def test_the_odt_is_one_with_headings_lists_and_tables() -> None:
    content = odt_of(EXAMPLE, SEAL, at=AT)
    body = Document(BytesIO(content)).body
    assert [heading.text_recursive for heading in body.headers] == [
        "Esito di prova", "Che cosa si conclude", "1. Uno sportello", "Firme"
    ]  # fmt: skip
    assert (len(body.tables), len(body.lists)) == (1, 3)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_markup_of_people_is_shown_as_they_typed_it(app: Flask) -> None:
    typed = '#panic("x") $1$ <b>& "'
    paper = Paper(**{**vars(EXAMPLE), "blocks": (Heading(2, typed), text(typed))})
    assert typed in text_of_pdf(typeset(asked_for(paper, SEAL, at=AT)))
    assert text_of_odt(odt_of(paper, SEAL, at=AT)).count(typed) == 2
    with app.test_request_context():
        macros: Any = app.jinja_env.get_template("macros/paper.html").module
        assert "<b>" not in macros.paper(paper, SEAL)
