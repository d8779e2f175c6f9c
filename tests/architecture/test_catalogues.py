"""The catalogues: every sentence of the source has its Italian, and nothing else stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog, Message

from consultazione.config import ROOT
from consultazione.web import catalogues

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
ARTICLE_BEFORE_COUNT = re.compile(
    r"\b(?:il|i|l[oa]|(?:de|da|ne|a|su|co)(?:i|l)|quei)\s(?:%\(|\{)"
    r"(?:num|count|cast|votes|quorum|needed|of|entitled|electorate|percent|known|points)\b",
    re.IGNORECASE,
)
STRAIGHT_APOSTROPHE = re.compile(r"[^\W\d_]'[^\W\d_]")


@pytest.fixture(scope="module")
def source() -> Catalog:
    """The sentences of the code and the templates."""
    return catalogues.extracted()


@pytest.fixture(scope="module")
def italian() -> Catalog:
    return catalogues.read(catalogues.path_of("it"))


def forms(words: Any) -> list[str]:
    """A sentence, or its plural forms."""
    return [words] if isinstance(words, str) else list(words or [""])


def sentences(catalogue: Catalog) -> list[Message]:
    """The messages of a catalogue, its header left out."""
    return [message for message in catalogue if message.id]


@pytest.mark.parametrize("code", ["it", "en"])
def test_catalogue_holds_just_what_the_source_says(source: Catalog, code: str) -> None:
    """If this fails: `make messages`, then write what is missing."""
    found = catalogues.read(catalogues.path_of(code))
    ids, said = ({str(m.id) for m in sentences(catalogue)} for catalogue in (found, source))
    assert said - ids == set()
    assert ids - said == set()
    assert not found.obsolete
    assert not [message.id for message in found if message.fuzzy]


def test_every_sentence_has_its_italian(italian: Catalog) -> None:
    assert [m.id for m in sentences(italian) if not all(forms(m.string))] == []


def test_no_article_stands_before_a_number_that_could_elide_it(italian: Catalog) -> None:
    """*L’8*, *gli 11*, *sugli 80*: “i {count}” is wrong for one number in ten."""
    said = [one for message in sentences(italian) for one in forms(message.string)]
    assert [one for one in said if ARTICLE_BEFORE_COUNT.search(one)] == []


def test_english_is_what_the_source_says() -> None:
    english = catalogues.read(catalogues.path_of("en"))
    assert [m.id for m in sentences(english) if forms(m.id) != forms(m.string)] == []


def test_placeholders_are_those_of_the_source(italian: Catalog) -> None:
    wrong = [
        message.id
        for message in sentences(italian)
        if all(forms(message.string)) and _placeholders(message.id) != _placeholders(message.string)
    ]
    assert wrong == []


def test_percent_signs_are_doubled_beside_placeholders(italian: Catalog) -> None:
    """A lone one would make the page fail when the sentence is filled in."""
    for message in sentences(italian):
        for form in (*forms(message.id), *forms(message.string)):
            names = PLACEHOLDER.findall(form)
            assert not names or form % dict.fromkeys(names, 1)


def test_italian_has_the_apostrophes_and_quotation_marks_of_print(italian: Catalog) -> None:
    """As readers meet them elsewhere, and all alike: l’ufficio, «titolo»."""
    wrong = [form for m in sentences(italian) for form in forms(m.string) if _is_typed(form)]
    assert wrong == []


@pytest.mark.parametrize("path", sorted((ROOT / "demo").glob("*.yaml")), ids=lambda path: path.name)
def test_demonstration_has_the_apostrophes_of_print(path: Path) -> None:
    texts = _texts(yaml.safe_load(path.read_text()))
    assert [text for text in texts if STRAIGHT_APOSTROPHE.search(text)] == []


def test_writing_again_changes_nothing(italian: Catalog, tmp_path: Path) -> None:
    again = tmp_path / "messages.po"
    catalogues.write(again, italian, "it", "Italian")
    assert again.read_bytes() == catalogues.path_of("it").read_bytes()


def test_drafts_are_taken_in_and_their_faults_named() -> None:
    said = _catalogue({"Yes": None, "No": None, "Perhaps": None, "Never": None})
    known = _catalogue({"Yes": "Sì", "No": "No", "Gone": "Via"})
    drafts = [
        ("a", _catalogue({"No": "Contrario", "Perhaps": "Forse"})),
        ("b", _catalogue({"Perhaps": "Chissà", "Unsaid": "Taciuto"})),
    ]
    result, faults = catalogues.translated(said, known, drafts)
    found = {message.id: message.string or "" for message in sentences(result)}
    assert found == {"Yes": "Sì", "No": "Contrario", "Perhaps": "Forse", "Never": ""}
    assert faults == ["two translations (a | b): Perhaps", "nobody says (b): Unsaid"]


def _catalogue(translations: dict[str, str | None]) -> Catalog:
    catalogue = Catalog()
    for sentence, translation in translations.items():
        catalogue.add(sentence, translation)
    return catalogue


def _is_typed(form: str) -> bool:
    """True if the sentence has the signs of a keyboard or of English where print has others."""
    return bool(STRAIGHT_APOSTROPHE.search(form)) or "“" in form or "”" in form


def _texts(data: Any) -> Iterator[str]:
    """Each text in what a YAML file holds, keys left out."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _texts(item)


def _placeholders(words: Any) -> set[str]:
    return {name for form in forms(words) for name in PLACEHOLDER.findall(form)}
