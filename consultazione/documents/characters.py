"""The characters that documents can show, and what stands in place of the others.

An archival PDF must not hold a character without a shape (PDF/A-3, ISO 19005-3, 6.2.11.8), and
the sealed one cannot be changed. So every text is settled before it is set: what no font of the
documents has becomes a visible sign, and the document attached to the PDF keeps the original.

A letter and the marks on it must come from one font: they are settled together. Signs that
turn the direction of a text around count as having no shape, since with them a document shows
other words than it holds; signs that are invisible anyway are left out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

Settled = TypeVar("Settled")

# In the order in which `minutes/verbale.typ` asks them for a shape.
FAMILIES = ("Titillium Web", "Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
REPERTOIRE = Path(__file__).with_name("repertoire.json")  # made by repertoire.py
SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"
# More marks on one letter than any language writes: they would cover the lines around it.
MOST_MARKS = 4
# Blanks and possible breaks, which carry no marks.
_BLANK = frozenset(" \n\t\xa0\xad\u200b")
# Unicode's Default_Ignorable_Code_Point, without the possible breaks and the turns of direction.
_INVISIBLE = re.compile(
    "[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


def settled(text: str) -> str:
    """The text in NFC, with a visible sign for each letter that no font has."""
    return text if text.isascii() else "".join(shown for _, shown in _settle(text))


def settled_texts(value: Settled) -> Settled:
    """A JSON value with every text in it settled; the names of fields stay."""
    if isinstance(value, str):
        return settled(value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {key: settled_texts(inner) for key, inner in value.items()}  # type: ignore[return-value]
    if isinstance(value, list):
        return [settled_texts(inner) for inner in value]  # type: ignore[return-value]
    return value


def unshown(text: str) -> list[str]:
    """What the PDF replaces in a text, each once: letters with their marks."""
    pairs = [] if text.isascii() else _settle(text)
    return list(
        dict.fromkeys(c for c, shown in pairs if SUBSTITUTE in shown and SUBSTITUTE not in c)
    )


def _settle(text: str) -> Iterator[tuple[str, str]]:
    """Each letter with its marks, and what is shown for it."""
    normal = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    for cluster in _clusters(normal):
        yield cluster, cluster if cluster in _common() else _shown(cluster)


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for character in text:
        if cluster and cluster not in _BLANK and unicodedata.category(character)[0] == "M":
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def _shown(cluster: str) -> str:
    first, marks = cluster[0], cluster[1:]
    category = unicodedata.category(first)
    if category == "Zs":
        return " " + SUBSTITUTE * bool(marks)
    if category in ("Zl", "Zp"):
        return "\n" + SUBSTITUTE * bool(marks)
    if category[0] == "M" or len(marks) > MOST_MARKS or not _one_font_has(cluster):
        return first + SUBSTITUTE if marks and _one_font_has(first) else SUBSTITUTE
    return cluster


def _one_font_has(cluster: str) -> bool:
    return any(font.issuperset(cluster) for font in _fonts())


@cache
def _common() -> frozenset[str]:
    """What is shown as it is, and is most of any text."""
    return _BLANK | _fonts()[0]


@cache
def _fonts() -> tuple[frozenset[str], ...]:
    """The characters of each family."""
    written = json.loads(REPERTOIRE.read_text())
    return tuple(frozenset(_characters(written[family])) for family in FAMILIES)


def _characters(ranges: str) -> Iterator[str]:
    for one in ranges.split():
        first, last = (int(code, 16) for code in one.split("-"))
        yield from map(chr, range(first, last + 1))
