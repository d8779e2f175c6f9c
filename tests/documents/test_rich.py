"""Markdown as blocks for the PDF."""

from __future__ import annotations

import pytest

from consultazione.documents.paper.rich import blocks


def words(block: dict[str, list[dict[str, str]]]) -> str:
    """A paragraph's text without its marks."""
    return "".join(run["text"] for run in block["runs"])


def test_paragraphs_and_marks() -> None:
    first, second = blocks("Si **prende** *atto*\ndel `punto`.\n\nPoi <b>altro</b>.")
    assert words(first) == "Si prende atto del punto."
    assert [r["marks"] for r in first["runs"] if r["marks"]] == [["strong"], ["emph"], ["code"]]
    assert words(second) == "Poi <b>altro</b>."


def test_lists_inside_lists() -> None:
    (bullets,) = blocks("- uno\n  1. primo\n- due")
    assert bullets["kind"] == "bullets"
    one, numbers = bullets["items"][0]
    assert (words(one), numbers["kind"], words(numbers["items"][0][0])) == (
        "uno",
        "numbers",
        "primo",
    )


def test_a_link_shows_where_it_leads() -> None:
    (paragraph,) = blocks("Vedi [la mappa](https://example.org/m).")
    assert words(paragraph) == "Vedi la mappa (https://example.org/m)."


def test_headings_quotations_and_code_become_paragraphs() -> None:
    found = blocks("# Titolo\n\n> citato\n\n    codice\n\n---")
    assert [words(block).strip() for block in found] == ["Titolo", "citato", "codice"]


def test_nothing_gives_nothing() -> None:
    assert blocks("") == []


@pytest.mark.parametrize(
    "text",
    ["*" * 500 + "a" + "*" * 500, "*a " * 1600 + "b* " * 1600, "![" * 1500 + "a" + "](u)" * 1500],
    ids=["at once", "one by one", "images"],
)
def test_no_depth_of_marks_is_too_much(text: str) -> None:
    (paragraph,) = blocks(text)
    assert "a" in words(paragraph)
    assert all(len(run["marks"]) <= 3 for run in paragraph["runs"])


def test_marks_inside_marks() -> None:
    (paragraph,) = blocks("**a *b* [c `d`](https://example.org)** e")
    assert [(run["text"], run["marks"]) for run in paragraph["runs"]] == [
        ("a ", ["strong"]),
        ("b", ["strong", "emph"]),
        (" ", ["strong"]),
        ("c ", ["strong"]),
        ("d", ["strong", "code"]),
        (" (https://example.org)", []),
        (" e", []),
    ]
