"""Akoma Ntoso: valid by the standard's schema, with the words of the other forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consultazione.documents.paper.akn import Named, akn_of
from consultazione.documents.paper.model import (
    Block,
    Facts,
    Heading,
    Items,
    Paragraph,
    Quote,
    Run,
    Signatures,
    Table,
    text,
)
from tests.support.akn import faults, text_of_akn, values
from tests.support.paper_example import EXAMPLE, SEAL
from tests.support.papers import words

NAMED = Named("reno", "Verbale di concertazione", 3, 2018, date(2018, 3, 5), version=2)


def test_a_document_with_each_block_is_valid_and_says_its_words() -> None:
    content = akn_of(EXAMPLE, SEAL, NAMED)
    assert faults(content) == []
    assert content == akn_of(EXAMPLE, SEAL, NAMED)
    said = words(text_of_akn(content))
    for expected in (
        EXAMPLE.subject, EXAMPLE.notice, "Luogo Sala Rossa", "Si apra subito uno sportello.",
        "1. Primo passo 2. Secondo passo", "un ente il suo ufficio", "Ente Ore Unione 10",
        "Organizzazione di prova Non ci sono i fondi.", *SEAL.digests[0],
    ):  # fmt: skip
        assert words(expected) in said, expected
    assert SEAL.address.encode() in content


def test_it_is_named_by_kind_body_year_number_and_day() -> None:
    content = akn_of(EXAMPLE, SEAL, NAMED)
    work = "/akn/it/doc/verbale-di-concertazione/reno/2018/3"
    assert values(content, "//akn:FRBRWork/akn:FRBRuri/@value") == [work]
    expression = values(content, "//akn:FRBRExpression/akn:FRBRthis/@value")
    assert expression == [f"{work}/ita@2018-03-05/!main"]
    file = values(content, "//akn:FRBRManifestation/akn:FRBRuri/@value")
    assert file == [f"{work}/ita@2018-03-05.xml"]
    assert values(content, "//akn:FRBRversionNumber/@value") == ["2"]
    first = akn_of(EXAMPLE, SEAL, replace(NAMED, version=1))
    assert values(first, "//akn:FRBRversionNumber/@value") == []


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Facts(()),),
        (Heading(2, "Senza nulla"), Heading(2, "Anche qui"), Quote("Chi", ())),
        (Heading(2, "A"), Heading(3, "B"), Heading(4, "C"), text("c"), Heading(3, "D"), text("d")),
        (Heading(2, "A"), text("prima"), Heading(3, "B"), Signatures((("Chi", "per sé"),))),
        (Items(False, ((Facts((("Luogo", "qui"),)), Table(("A",), (("b",),), (1,))),)),),
        (Paragraph((Run("una\nriga\x00 \ud800", ("strong", "emph")), Run("x", ("code",)))),),
        (Quote("Chi", (Quote("Altri", (text("detto"),)), Items(True, ((text("uno"),),)))),),
    ],
)
def test_whatever_stands_in_it_is_valid(blocks: tuple[Block, ...]) -> None:
    assert faults(akn_of(replace(EXAMPLE, blocks=blocks), SEAL, NAMED)) == []


def test_headings_become_sections_in_each_other() -> None:
    blocks = (Heading(2, "A"), Heading(3, "B"), text("b"), Heading(2, "C"), text("c"))
    content = akn_of(replace(EXAMPLE, blocks=blocks), SEAL, NAMED)
    assert values(content, "//akn:section/@eId | //akn:subsection/@eId") == [
        "sec_1", "sec_1__subsec_1", "sec_2",
    ]  # fmt: skip
