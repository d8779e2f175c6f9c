"""A text that is too long for a block, as several that are not."""

from __future__ import annotations

from collections.abc import Iterator

from consultazione.plan.blocks.lengths import LONGEST_TEXT
from consultazione.plan.importing.reading.found import Kind


def cut(kind: Kind, body: str) -> list[str]:
    """The pieces of a text, each at most LONGEST_TEXT characters if words and rows are shorter.

    A paragraph is cut between words, a list between points, a table between rows; each piece
    of a table has its head.
    """
    if len(body) <= LONGEST_TEXT:
        return [body]
    if kind is Kind.TABLE:
        head, rule, *rows = body.split("\n")
        above = f"{head}\n{rule}\n"
        return [above + piece for piece in _filled(rows, "\n", LONGEST_TEXT - len(above))]
    glue = "\n" if kind is Kind.LIST else " "
    return list(_filled(body.split(glue), glue, LONGEST_TEXT))


def _filled(parts: list[str], glue: str, most: int) -> Iterator[str]:
    """Parts put together again as long as they are at most so many characters."""
    held: list[str] = []
    length = 0
    for part in parts:
        if held and length + len(part) > most:
            yield glue.join(held)
            held, length = [], 0
        held.append(part)
        length += len(part) + len(glue)
    yield glue.join(held)
