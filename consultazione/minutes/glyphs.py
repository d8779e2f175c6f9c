"""Which characters the PDF can show: those that one of its fonts has, and PDF/A admits.

An archive's PDF must not hold a character without a shape, so typst refuses the whole
document for one emoji in somebody's name. Approved minutes cannot be changed any more:
they are set with a mark in its place, and the attached document keeps the character.
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
    """What to replace in a text, for `str.translate`: characters that cannot be set."""
    unusual = "".join(sorted(set(text) - _LATIN))
    return dict.fromkeys(map(ord, _missing(unusual, fonts, standards)), REPLACEMENT)


def _missing(characters: str, fonts: typst.Fonts, standards: list[typst.PDFStandard]) -> str:
    """Those of the characters that cannot be set, found by halves: mostly there are few."""
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
