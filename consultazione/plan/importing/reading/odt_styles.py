"""What the styles of an ODT say (OpenDocument 1.3, part 3, chapter 16): titles, lists, bold."""

from __future__ import annotations

import zipfile
from xml.etree.ElementTree import Element

from consultazione.plan.importing.reading.parts import part_of

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, DRAW, STYLE = (
    f"{_ODF}{name}:1.0}}" for name in ("office", "text", "table", "drawing", "style")
)
SVG = f"{_ODF}svg-compatible:1.0}}"
_FO = f"{_ODF}xsl-fo-compatible:1.0}}"
# Deeper chains of styles are a ring, or made to tire.
_DEEPEST = 20
_BOLD = frozenset({"bold", "600", "700", "800", "900"})


class Styles:
    """The styles of a document, by name."""

    def __init__(self, archive: zipfile.ZipFile, content: Element) -> None:
        roots = [content, part_of(archive, "styles.xml")]
        found = [style for root in roots if root is not None for style in root.iter()]
        # A style of the content may have the name of one of the pages: it comes first.
        found.reverse()
        named = [(style.tag, style.get(f"{STYLE}name", ""), style) for style in found]
        self._styles = {name: style for tag, name, style in named if tag == f"{STYLE}style"}
        self._lists = {name: style for tag, name, style in named if tag == f"{TEXT}list-style"}

    def is_title(self, name: str | None) -> bool:
        """True for the style of the document's title, or one made from it."""
        return any(name == "Title" for name in self._names(name))

    def is_bold(self, name: str | None) -> bool | None:
        """Whether a style is bold; None if it says nothing of it."""
        weight = self._of_text(name, f"{_FO}font-weight")
        return None if weight is None else weight in _BOLD

    def is_italic(self, name: str | None) -> bool | None:
        """Whether a style is italic; None if it says nothing of it."""
        style = self._of_text(name, f"{_FO}font-style")
        return None if style is None else style in {"italic", "oblique"}

    def is_hidden(self, name: str | None) -> bool:
        """True if what has the style is not shown."""
        return self._of_text(name, f"{TEXT}display") == "none"

    def is_numbered(self, name: str | None, depth: int) -> bool:
        """True if the points of a list have numbers or letters before them. depth: from 0."""
        style = self._lists.get(name or "")
        level = None if style is None else _level(style, str(depth + 1))
        if level is None or level.tag != f"{TEXT}list-level-style-number":
            return False
        return bool(level.get(f"{STYLE}num-format"))

    def _of_text(self, name: str | None, attribute: str) -> str | None:
        for one in self._names(name):
            properties = self._styles[one].find(f"{STYLE}text-properties")
            said = None if properties is None else properties.get(attribute)
            if said is not None:
                return said
        return None

    def _names(self, name: str | None) -> list[str]:
        """The names of a style and of those that it was made from, the nearest first."""
        found: list[str] = []
        while name in self._styles and len(found) < _DEEPEST:
            found.append(name)
            name = self._styles[name].get(f"{STYLE}parent-style-name")
        return found


def _level(style: Element, level: str) -> Element | None:
    return next((one for one in style if one.get(f"{TEXT}level") == level), None)
