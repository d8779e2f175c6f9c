"""The words of a paragraph of a DOCX, and what among them is not words."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from consultazione.plan.importing.reading.found import RemarkKind
from consultazione.plan.importing.reading.gathering import Gatherer
from consultazione.plan.importing.reading.parts import words_in
from consultazione.plan.importing.reading.word_parts import W, WordParts
from consultazione.plan.importing.reading.word_styles import Styles
from consultazione.plan.importing.reading.words import Run

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_NAMED = f"{_DRAWING}wordprocessingDrawing}}docPr"
_PICTURES = (f"{_DRAWING}picture}}pic", "{urn:schemas-microsoft-com:vml}imagedata")

_TEXTS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What refers to a note by its number: the kind of the part with those, and what is said of it.
_NOTES = {
    "footnoteReference": ("footnotes", RemarkKind.FOOTNOTE),
    "endnoteReference": ("endnotes", RemarkKind.FOOTNOTE),
    "commentReference": ("comments", RemarkKind.COMMENT),
}
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", _ALTERNATIVE})
_REMOVED = frozenset({f"{W}del", f"{W}moveFrom"})
_ADDED = frozenset({f"{W}ins", f"{W}moveTo"})
_AROUND = frozenset(
    f"{W}{name}" for name in ("smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo")
)


class WordRuns:
    """Reads paragraphs; tells the gatherer what they have beside words."""

    def __init__(self, parts: WordParts, styles: Styles, gatherer: Gatherer) -> None:
        self._styles = styles
        self._gatherer = gatherer
        self._notes = {name: _notes(parts, part) for name, (part, _kind) in _NOTES.items()}

    def of(self, parent: Element) -> list[Run]:
        """The runs of a paragraph."""
        return [run for element in parent for run in self._read(element)]

    def _read(self, element: Element) -> Iterator[Run]:
        tag = element.tag
        if tag == f"{W}r":
            yield from self._run(element)
        elif tag == f"{W}hyperlink":
            self._gatherer.remark(RemarkKind.LINK, words_in(element, f"{W}t"))
            yield from self.of(element)
        elif tag in _ADDED:
            self._gatherer.remark(RemarkKind.TRACKED, words_in(element, f"{W}t"))
            yield from self.of(element)
        elif tag in _REMOVED:
            self._gatherer.remark(RemarkKind.TRACKED, words_in(element, f"{W}delText", f"{W}t"))
        elif tag in _AROUND:
            yield from self.of(element)
        elif tag.startswith(_MATH):
            self._gatherer.remark(RemarkKind.FORMULA, words_in(element, f"{_MATH}t"))

    def _run(self, run: Element) -> Iterator[Run]:
        if self._styles.is_on(run, "vanish"):
            self._gatherer.remark(RemarkKind.HIDDEN, words_in(run, f"{W}t"))
            return
        strong, emph = self._styles.is_on(run, "b"), self._styles.is_on(run, "i")
        text = "".join(self._text(element) for element in run)
        if text:
            yield Run(text, strong, emph)

    def _text(self, element: Element) -> str:
        name = element.tag.removeprefix(W)
        if name == "t":
            return element.text or ""
        if name in _NOTES:
            words = self._notes[name].get(element.get(f"{W}id", ""), "")
            self._gatherer.remark(_NOTES[name][-1], words)
        elif name == "object":
            self._gatherer.remark(RemarkKind.OBJECT)
        elif element.tag in _DRAWN:
            self._drawn(element)
        is_page = element.get(f"{W}type") in {"page", "column"}
        return " " if is_page else _TEXTS.get(name, "")

    def _drawn(self, element: Element) -> None:
        """Note a text box, a picture or another drawing."""
        box = words_in(element, f"{W}txbxContent").strip()
        if box:
            self._gatherer.remark(RemarkKind.TEXT_BOX, box)
        named = (one.get("descr") or one.get("name") or "" for one in element.iter(_NAMED))
        if any(element.find(f".//{tag}") is not None for tag in _PICTURES):
            self._gatherer.remark(RemarkKind.PICTURE, next(named, ""))
        elif not box:
            self._gatherer.remark(RemarkKind.DRAWING, next(named, ""))


def _notes(parts: WordParts, kind: str) -> dict[str, str]:
    """The words of a document's notes of one kind, by their numbers."""
    found = [note for root in parts.of(kind) for note in root]
    return {note.get(f"{W}id", ""): words_in(note, f"{W}t") for note in found}
