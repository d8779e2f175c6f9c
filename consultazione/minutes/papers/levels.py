"""Headings of minutes: as a document of its own, or as one part of a record of several."""

from __future__ import annotations

from dataclasses import dataclass

from consultazione.documents.paper.model import Block, Heading, text


@dataclass(frozen=True)
class Levels:
    """is_part: whether the minutes stand below a heading, so that theirs are one level lower."""

    is_part: bool = False

    def section(self, words: str) -> Block:
        """The heading of a section: attendance, discussion, conclusions."""
        return Heading(3 if self.is_part else 2, words)

    def part(self, words: str) -> Block:
        """The heading of a part of a section: a point of the agenda, a conclusion."""
        return text(words, "stressed") if self.is_part else Heading(3, words)
