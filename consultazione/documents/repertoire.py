"""Finds out which characters each font of the documents has, and writes `repertoire.json`.

To be run after an update of typst or of the fonts:
``python -m consultazione.documents.repertoire``.

typst's own fonts are part of its library and cannot be read as files. So each character is
drawn alone, and missed where the drawing is empty or is the font's sign for a missing one. A
character counts if the family has it upright and slanted, in the normal and in the bold weight.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product

import typst

from consultazione.documents.characters import FAMILIES, REPERTOIRE
from consultazione.documents.setter import fonts_of
from consultazione.documents.typesetter import FONTS

_STYLES = tuple(product(("400", "700"), ("normal", "italic")))
# No character, and never one: what is drawn for it is the sign for a missing one.
_NONE = "\U000ffffe"
_AT_ONCE = 4000
_ROW = b"""\
#set page(width: 10cm, height: auto)
#set par(leading: 0pt)
#set text(
  font: sys.inputs.font, weight: int(sys.inputs.weight), style: sys.inputs.style, fallback: false,
)
#for c in json(bytes(sys.inputs.characters)) [
  #block(width: 5cm, height: 10pt, above: 0pt, below: 0pt, box(c))
]
"""
_DRAWN = re.compile(r'<g transform="translate\([\d. ]+\)">')
_GLYPH = re.compile(r'href="#(\w+)"')


def main() -> None:
    """Write the ranges of code points of each family, in hexadecimal."""
    every = candidates(range(0x110000))
    found = {family: " ".join(ranges(covered(family, every))) for family in FAMILIES}
    REPERTOIRE.write_text(json.dumps(found, indent=1) + "\n")


def candidates(codes: Iterable[int]) -> list[str]:
    """The characters that may have a shape: no blanks, controls, or unassigned ones."""
    return [c for c in map(chr, codes) if unicodedata.category(c)[0] not in "CZ" or c == "\xad"]


def covered(family: str, characters: list[str]) -> list[int]:
    """The code points of those characters that a family shows in each style, in order."""
    left = characters
    for weight, style in _STYLES:
        left = list(_shown(left, family, weight, style))
    return sorted(map(ord, left))


def ranges(codes: Iterable[int]) -> Iterator[str]:
    """Code points as ranges, such as "41-5a"."""
    start = last = -2
    for code in [*codes, -1]:
        if code != last + 1:
            if last >= 0:
                yield f"{start:x}-{last:x}"
            start = code
        last = code


def _shown(characters: list[str], family: str, weight: str, style: str) -> Iterator[str]:
    for start in range(0, len(characters), _AT_ONCE):
        part = [_NONE, *characters[start : start + _AT_ONCE]]
        missing, *drawings = _draw(part, font=family, weight=weight, style=style)
        for character, drawing in zip(part[1:], drawings, strict=True):
            if drawing and not set(drawing) & set(missing):
                yield character


def _draw(characters: list[str], **style: str) -> list[list[str]]:
    """For each character the shapes that are drawn for it."""
    inputs = {"characters": json.dumps(characters), **style}
    compiler = typst.Compiler(_ROW, font_paths=fonts_of(str(FONTS)), sys_inputs=inputs)
    drawn = compiler.compile(format="svg")
    assert isinstance(drawn, bytes)
    _, *rows = _DRAWN.split(drawn.decode().partition("<defs>")[0])
    return [_GLYPH.findall(row) for row in rows]


if __name__ == "__main__":
    main()
