"""A block's text in parts: where it can be split, and how two texts are joined."""

from __future__ import annotations

import re
from itertools import pairwise

from consultazione.plan.blocks.models import BlockKind

# After the end of a sentence, or at an empty line.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”’)*_]*[ \t]+(?=\S)|\n[ \t]*\n+")
_LINE_END = re.compile(r"\n+")
_ENDS = {BlockKind.PARAGRAPH: _SENTENCE_END, BlockKind.LIST: _LINE_END}
_GLUE = {BlockKind.PARAGRAPH: "\n\n", BlockKind.LIST: "\n"}


def parts(kind: BlockKind, body: str) -> list[str]:
    """The sentences of a paragraph or the lines of a list, which together are the whole text.

    A heading, a table and a figure are one part.
    """
    end = _ENDS.get(kind)
    if end is None:
        return [body]
    cuts = [0, *(match.end() for match in end.finditer(body)), len(body)]
    return [body[begin:stop] for begin, stop in pairwise(cuts) if begin < stop]


def sentences(kind: BlockKind, body: str) -> list[str]:
    """The parts without the space around them."""
    return [part.strip() for part in parts(kind, body) if part.strip()]


def can_be_joined(kind: BlockKind) -> bool:
    """True for the kinds that can be merged and split."""
    return kind in _GLUE


def joined(kind: BlockKind, first: str, second: str) -> str:
    """Two texts of one kind as one; their parts stay those of the two."""
    return first + _GLUE[kind] + second
