"""What the styles of a DOCX say (ECMA-376, part 1, 17.7 and 17.9): headings, lists, bold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from consultazione.plan.importing.reading.word_parts import W, WordParts

# Deeper chains of styles are a ring, or made to tire.
_DEEPEST = 20
_OFF = frozenset({"0", "false", "off", "none"})
_BODY_LEVEL = 9
T = TypeVar("T")


@dataclass(frozen=True)
class Numbering:
    """The list that a paragraph is a point of. depth: from 0."""

    key: str
    depth: int


class Styles:
    """The styles and lists of a document, asked by paragraph and run."""

    def __init__(self, parts: WordParts) -> None:
        found = [style for root in parts.of("styles") for style in root.findall(f"{W}style")]
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._numbering = next(iter(parts.of("numbering")), None)

    def level_of(self, paragraph: Element) -> int:
        """The level of a heading, from 1; 0 for what is none."""
        return self._first(paragraph, "pPr", "pStyle", _level_said) or 0

    def is_of_contents(self, paragraph: Element) -> bool:
        """True for a line of a table of contents."""
        return any(_name(one).startswith("toc ") for one in self._chain(paragraph, "pPr", "pStyle"))

    def numbering_of(self, paragraph: Element) -> Numbering | None:
        """The list of a paragraph; None if it is in none."""
        return self._first(paragraph, "pPr", "pStyle", _numbering_said)

    def is_numbered(self, numbering: Numbering) -> bool:
        """True if the points of a list have numbers or letters before them, not signs."""
        if self._numbering is None:
            return False
        num = _by_id(self._numbering, "num", "numId", numbering.key)
        abstract = None if num is None else num.find(f"{W}abstractNumId")
        if abstract is None:
            return False
        key = abstract.get(f"{W}val", "")
        made = _by_id(self._numbering, "abstractNum", "abstractNumId", key)
        level = None if made is None else _by_id(made, "lvl", "ilvl", str(numbering.depth))
        form = None if level is None else level.find(f"{W}numFmt")
        return form is not None and form.get(f"{W}val") not in {"bullet", "none"}

    def is_on(self, run: Element, name: str) -> bool:
        """True if a run has a property such as `b`, by itself or by its style."""
        return self._first(run, "rPr", "rStyle", lambda one: _switch(one, name)) or False

    def _first(
        self, element: Element, properties: str, style: str, say: Callable[[Element], T | None]
    ) -> T | None:
        """What the element says itself, else the nearest of its styles that says something."""
        said = map(say, self._chain(element, properties, style, own=True))
        return next((one for one in said if one is not None), None)

    def _chain(
        self, element: Element, properties: str, style: str, *, own: bool = False
    ) -> Iterator[Element]:
        if own:
            yield element
        key = _value(element.find(f"{W}{properties}/{W}{style}"))
        for _depth in range(_DEEPEST):
            found = self._styles.get(key or "")
            if found is None:
                return
            yield found
            key = _value(found.find(f"{W}basedOn"))


def _level_said(element: Element) -> int | None:
    """The level that a paragraph or a style gives; 0 for plain text."""
    said = _value(element.find(f"{W}pPr/{W}outlineLvl"))
    if said and said.isdigit():
        level = int(said)
        return level + 1 if level < _BODY_LEVEL else 0
    name = _name(element)
    if name == "title":
        return 1
    number = name.removeprefix("heading ")
    return int(number) if name != number and number.isdigit() else None


def _numbering_said(element: Element) -> Numbering | None:
    found = element.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None
    key, depth = _value(found.find(f"{W}numId")), _value(found.find(f"{W}ilvl"))
    return Numbering(key or "0", int(depth) if depth and depth.isdigit() else 0)


def _switch(element: Element, name: str) -> bool | None:
    found = element.find(f"{W}rPr/{W}{name}")
    return None if found is None else found.get(f"{W}val", "on") not in _OFF


def _name(style: Element) -> str:
    return (_value(style.find(f"{W}name")) or "").lower()


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _by_id(parent: Element, tag: str, attribute: str, value: str) -> Element | None:
    found = parent.findall(f"{W}{tag}")
    return next((one for one in found if one.get(f"{W}{attribute}") == value), None)
