"""Which names an archive shows: those of persons whom its pages name, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


class ShownNames:
    """Collects, page by page, which of some names stand there. names: by the person's id."""

    def __init__(self, names: Iterable[str]) -> None:
        self._sought: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(_WORD.findall(name))
            if words:
                self._sought.setdefault(words[0], set()).add(words)
        self._found: set[tuple[str, ...]] = set()

    def note(self, page: str) -> None:
        """Look through the words of a page."""
        words = _WORD.findall(page)
        for place, word in enumerate(words):
            for name in self._sought.get(word, ()):
                if tuple(words[place : place + len(name)]) == name:
                    self._found.add(name)

    def __contains__(self, name: str) -> bool:
        """True if some page has shown that name."""
        return tuple(_WORD.findall(name)) in self._found
