"""The words of a paragraph of an ODT, and what among them is not words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from consultazione.plan.importing.reading.found import RemarkKind
from consultazione.plan.importing.reading.gathering import Gatherer
from consultazione.plan.importing.reading.odt_styles import DRAW, OFFICE, SVG, TEXT, Styles
from consultazione.plan.importing.reading.parts import words_in
from consultazione.plan.importing.reading.words import Run

_TEXTS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}
_LEFT_OUT = {
    f"{TEXT}note": RemarkKind.FOOTNOTE,
    f"{OFFICE}annotation": RemarkKind.COMMENT,
    f"{TEXT}hidden-text": RemarkKind.HIDDEN,
    f"{TEXT}hidden-paragraph": RemarkKind.HIDDEN,
}
_TRACKED = frozenset(f"{TEXT}{name}" for name in ("change", "change-start"))
_SILENT = frozenset({f"{TEXT}script", f"{TEXT}ruby-text", f"{OFFICE}event-listeners"})
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
# More blanks than a line is wide say nothing, and one element can ask for millions.
_MOST_BLANKS = 100


@dataclass(frozen=True)
class _Look:
    """How words are set."""

    strong: bool = False
    emph: bool = False


class OdtRuns:
    """Reads paragraphs; tells the gatherer what they have beside words."""

    def __init__(self, styles: Styles, gatherer: Gatherer) -> None:
        self._styles = styles
        self._gatherer = gatherer

    def of(self, paragraph: Element) -> list[Run]:
        """The runs of a paragraph; its blanks are single ones, as OpenDocument has them."""
        return list(self._inside(paragraph, _Look()))

    def drawn(self, element: Element) -> None:
        """Note a text box, a picture or another drawing."""
        words = [words_in(element, f"{SVG}{name}").strip() for name in ("desc", "title")]
        named = next(filter(None, words), element.get(f"{DRAW}name", ""))
        box = element.find(f".//{DRAW}text-box")
        if box is not None:
            self._gatherer.remark(RemarkKind.TEXT_BOX, words_in(box, *_PARAGRAPHS))
        elif element.find(f".//{DRAW}object") is not None:
            self._gatherer.remark(RemarkKind.OBJECT, named)
        elif element.find(f".//{DRAW}image") is not None:
            self._gatherer.remark(RemarkKind.PICTURE, named)
        else:
            self._gatherer.remark(RemarkKind.DRAWING, named)

    def _inside(self, element: Element, look: _Look) -> Iterator[Run]:
        yield from _set(element.text, look)
        for child in element:
            yield from self._read(child, look)
            yield from _set(child.tail, look)

    def _read(self, element: Element, look: _Look) -> Iterator[Run]:
        tag = element.tag
        if tag in _TEXTS:
            yield Run(_TEXTS[tag], look.strong, look.emph)
        elif tag == f"{TEXT}s":
            yield Run(" " * _blanks(element), look.strong, look.emph)
        elif tag == f"{TEXT}span":
            yield from self._span(element, look)
        elif tag.startswith(DRAW) and tag != f"{DRAW}a":
            self.drawn(element)
        elif not self._is_left_out(element):
            yield from self._inside(element, look)

    def _span(self, span: Element, look: _Look) -> Iterator[Run]:
        name = span.get(f"{TEXT}style-name")
        if self._styles.is_hidden(name):
            self._gatherer.remark(RemarkKind.HIDDEN, "".join(span.itertext()))
            return
        strong, emph = self._styles.is_bold(name), self._styles.is_italic(name)
        if strong is not None:
            look = replace(look, strong=strong)
        if emph is not None:
            look = replace(look, emph=emph)
        yield from self._inside(span, look)

    def _is_left_out(self, element: Element) -> bool:
        """True for what is no words of the text; notes what a reader has to know of."""
        if element.tag in _TRACKED:
            self._gatherer.remark(RemarkKind.TRACKED)
        elif element.tag == f"{TEXT}a":
            self._gatherer.remark(RemarkKind.LINK, "".join(element.itertext()))
        if element.tag in _LEFT_OUT:
            self._gatherer.remark(_LEFT_OUT[element.tag], words_in(element, *_PARAGRAPHS))
        return element.tag in _LEFT_OUT or element.tag in _SILENT


def _set(text: str | None, look: _Look) -> Iterator[Run]:
    if text:
        yield Run(" ".join(text.split("\n")), look.strong, look.emph)


def _blanks(element: Element) -> int:
    said = element.get(f"{TEXT}c", "1")
    return min(int(said), _MOST_BLANKS) if said.isdecimal() else 1
