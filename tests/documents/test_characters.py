"""Which characters documents show, and what stands in place of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consultazione.documents.characters import (
    FAMILIES,
    REPERTOIRE,
    SUBSTITUTE,
    settled,
    settled_texts,
    unshown,
)
from consultazione.documents.repertoire import candidates, covered, ranges
from consultazione.documents.typesetting import typeset
from tests.support.hostile_texts import KHAROSHTHI

_PAGE = """\
#set document(title: "all")
#set text(font: {fonts}, fallback: false, lang: "it")
#let all = json(bytes(sys.inputs.all))
#all #strong(all) #emph(all) #strong(emph(all))
"""


@pytest.mark.parametrize(
    "text",
    [
        "Perché «ciò» costa 3 € — l’unità…\n\tŁódź, Ħ, Ω, ж",
        "α̈ x̄",  # marks for which there is no single character
        "a\xa0b\xadc\u200bd",
        "\u05e9\u05dc\u05d5\u05dd",
        SUBSTITUTE,
    ],
)
def test_what_a_font_has_stays(text: str) -> None:
    assert settled(text) == text
    assert unshown(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u4f1ab", f"a{SUBSTITUTE}b"),
        (KHAROSHTHI[:3], SUBSTITUTE),  # a letter with its vowels is one sign
        ("\u0301a", f"{SUBSTITUTE}a"),  # a mark on nothing
        ("a \u0301", f"a {SUBSTITUTE}"),
        ("q" + "\u0302" * 20, f"q{SUBSTITUTE}"),  # more marks than fit
        ("a\u0e31b", f"a{SUBSTITUTE}b"),  # a mark that no font has
        ("a\x9b\ue000\uffff", "a" + SUBSTITUTE * 3),
        ("x\u202egpj.exe", f"x{SUBSTITUTE}gpj.exe"),  # would be read from the end
    ],
)
def test_what_no_font_has_is_replaced_and_told(text: str, shown: str) -> None:
    assert settled(text) == shown
    assert unshown(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u200db\ufeff\u2764\ufe0f", f"ab{settled(chr(0x2764))}"),  # invisible
        ("a\u2003b\u2028c", "a b\nc"),  # blanks of another width, and line ends
        ("e\u0300", "è"),  # two characters for one letter
    ],
)
def test_what_cannot_be_seen_is_left_out_without_a_word(text: str, shown: str) -> None:
    assert settled(text) == shown
    assert [c for c in unshown(text) if c not in "\u2764"] == []


def test_settling_twice_changes_nothing() -> None:
    text = f"{KHAROSHTHI} e\u0300 \u4f1a q{chr(0x302) * 9} \u202e"
    assert settled(settled(text)) == settled(text)


def test_every_text_of_a_value_is_settled_and_no_name_of_a_field() -> None:
    value = {"\u4f1a": ["\u4f1a", {"a": "\u4f1a", "n": 1}], "none": None}
    assert settled_texts(value) == {
        "\u4f1a": [SUBSTITUTE, {"a": SUBSTITUTE, "n": 1}],
        "none": None,
    }


def test_all_characters_of_the_repertoire_can_be_set(tmp_path: Path) -> None:
    """Together and in every style: the table is right about typst's fonts as they are now."""
    template = tmp_path / "all.typ"
    template.write_text(
        _PAGE.format(fonts=json.dumps(FAMILIES).replace("[", "(").replace("]", ")"))
    )
    written = " ".join(json.loads(REPERTOIRE.read_text()).values()).split()
    bounds = [tuple(int(code, 16) for code in one.split("-")) for one in written]
    every = sorted({chr(code) for first, last in bounds for code in range(first, last + 1)})
    assert len(every) > 3000
    lowered = [character.lower() for character in every]  # the template has names in lower case
    shown = json.dumps(settled(" ".join([*every, *lowered])))
    made = typeset({"template": str(template), "inputs": {"all": shown}, "timestamp": 0})
    assert made.startswith(b"%PDF")


def test_the_repertoire_is_that_of_the_fonts_as_they_are() -> None:
    """If this fails: `python -m consultazione.documents.repertoire`."""
    characters = candidates(range(0x250, 0x530))
    for family, written in json.loads(REPERTOIRE.read_text()).items():
        found = {f"{code:x}" for code in covered(family, characters)}
        assert found == {f"{ord(c):x}" for c in characters if _holds(written, ord(c))}


def _holds(written: str, code: int) -> bool:
    """True if one of the ranges in hexadecimal holds a code point."""
    bounds = ([int(end, 16) for end in one.split("-")] for one in written.split())
    return any(first <= code <= last for first, last in bounds)


def test_ranges() -> None:
    assert list(ranges([1, 2, 3, 16, 18, 19])) == ["1-3", "10-10", "12-13"]
