"""What the kinds of poll share whose ballots are a single word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import Terms


class WordPoll:
    """Reads and counts ballots of one of `words`; a kind adds how the tally is judged."""

    takes_options: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]]

    def read(self, choice: str, terms: Terms) -> str:
        """Accept one of the words; ValueError for any other."""
        if choice not in self.words:
            raise ValueError(choice)
        return choice

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """Count the votes of every word."""
        return {word: counted.get(word, 0) for word in self.words}
