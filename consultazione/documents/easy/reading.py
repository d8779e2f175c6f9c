"""How hard a text in Italian is to read: the Gulpease index, and its longest sentence.

Gulpease (P. Lucisano and M. E. Piemontese, *Gulpease: una formula per la predizione della
difficoltà dei testi in lingua italiana*, 1988) is 89 + (300 * sentences - 10 * letters) / words,
from 0 to 100: whoever has finished primary school reads from 80 on without effort.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Inclusion Europe, *Information for all*, 2009: sentences are short. Our own figure.
LONGEST_SENTENCE = 20
EASY = 80
_END = re.compile(r"[.!?:;…]+\s|\n+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Measures:
    """Of a text: its words, the words of its longest sentence, and the index, 0 to 100."""

    words: int
    longest: int
    gulpease: int


def measure(text: str) -> Measures:
    """The measures of a text; of one without words, all is 0 but the index, which is 100."""
    sentences = [found for part in _END.split(f"{text}\n") if (found := _WORD.findall(part))]
    words = sum(map(len, sentences))
    if not words:
        return Measures(0, 0, 100)
    letters = sum(len(word) for sentence in sentences for word in sentence)
    index = 89 + (300 * len(sentences) - 10 * letters) / words
    return Measures(words, max(map(len, sentences)), round(min(100, max(0, index))))
