"""Finds the characters that the PDF cannot show: no font has them, or PDF/A forbids them.

An archival PDF must not hold a character without a glyph, so typst refuses the whole document
for one emoji in a name. Approved minutes cannot be changed, so the PDF shows a replacement
character, and the attached document keeps the original.
"""

from __future__ import annotations

import json

import typst

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LATIN = frozenset(map(chr, range(0x20, 0x7F)))
_PROBE = """\
#set document(title: "probe")
#set text(font: ("Titillium Web", "Libertinus Serif"), lang: "it")
#let one = json(bytes(sys.inputs.characters))
#one #strong(one) #emph(one) #text(font: "DejaVu Sans Mono", one)
"""


def replacements(
    text: str, fonts: typst.Fonts, standards: list[typst.PDFStandard]
) -> dict[int, str]:
    """The characters of a text to replace, as a table for `str.translate`."""
    unusual = "".join(sorted(set(text) - _LATIN))
    return dict.fromkeys(map(ord, _missing(unusual, fonts, standards)), REPLACEMENT)


def _missing(characters: str, fonts: typst.Fonts, standards: list[typst.PDFStandard]) -> str:
    """The characters that cannot be set, found by bisection, since there are usually few."""
    if not characters or _can_be_set(characters, fonts, standards):
        return ""
    if len(characters) == 1:
        return characters
    middle = len(characters) // 2
    return _missing(characters[:middle], fonts, standards) + _missing(
        characters[middle:], fonts, standards
    )


def _can_be_set(characters: str, fonts: typst.Fonts, standards: list[typst.PDFStandard]) -> bool:
    inputs = {"characters": json.dumps(" ".join(characters))}
    compiler = typst.Compiler(_PROBE.encode(), font_paths=fonts, sys_inputs=inputs)
    try:
        compiler.compile(format="pdf", pdf_standards=standards, timestamp=0)
    except typst.TypstError:
        return False
    return True
