"""The parts of a DOCX, found as its relations name them (ECMA-376, part 2, chapter 9).

Word in a browser calls the text `document2.xml`; what refers to a part says its name and kind.
"""

from __future__ import annotations

import posixpath
import zipfile
from xml.etree.ElementTree import Element

from consultazione.plan.importing.reading.parts import main_part, part_of

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"


class WordParts:
    """The text of a document, and what it refers to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._text = next(iter(self._related("", "officeDocument")), "word/document.xml")

    @property
    def body(self) -> Element | None:
        """The element with the text; None if there is none."""
        return main_part(self._archive, self._text).find(f"{W}body")

    def of(self, *kinds: str) -> list[Element]:
        """The roots of the parts that the text refers to as one of these kinds."""
        names = [name for kind in kinds for name in self._related(self._text, kind)]
        roots = [part_of(self._archive, name) for name in names]
        return [root for root in roots if root is not None]

    def _related(self, source: str, kind: str) -> list[str]:
        folder, _slash, name = source.rpartition("/")
        relations = part_of(self._archive, posixpath.join(folder, "_rels", f"{name}.rels"))
        return [
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
            for relation in ([] if relations is None else relations)
            if relation.get("Type", "").rpartition("/")[2] == kind
        ]
