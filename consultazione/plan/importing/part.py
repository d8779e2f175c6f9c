"""Parts of a document: a heading, and what stands below it up to the next of its level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from consultazione.core.errors import NotFound
from consultazione.plan.importing.reading.found import FoundBlock, Kind, Reading, Remark


@dataclass(frozen=True)
class Part:
    """What a heading stands above. number: the heading's place among the blocks, from 1."""

    number: int
    title: str
    level: int
    count: int


def parts_of(reading: Reading) -> list[Part]:
    """A document's parts in order; those of deeper headings are parts of others."""
    return [
        Part(number, block.body, block.level, len(_below(reading.blocks, number)))
        for number, block in enumerate(reading.blocks, 1)
        if block.kind is Kind.HEADING
    ]


def part_of(reading: Reading, number: int) -> Reading:
    """One part of a document with its remarks; the whole one for 0. NotFound if there is none."""
    if not number:
        return reading
    is_part = 0 < number <= len(reading.blocks) and reading.blocks[number - 1].kind is Kind.HEADING
    if not is_part:
        raise NotFound(_("The document has no such part."))
    blocks = _below(reading.blocks, number)
    end = number - 1 + len(blocks)
    after = reading.blocks[end].place if end < len(reading.blocks) else None
    return Reading(blocks=list(blocks), remarks=_between(reading, blocks[0].place, after))


def _below(blocks: Sequence[FoundBlock], number: int) -> Sequence[FoundBlock]:
    level = blocks[number - 1].level
    ends = (
        place
        for place, block in enumerate(blocks[number:], number)
        if block.kind is Kind.HEADING and block.level <= level
    )
    return blocks[number - 1 : next(ends, len(blocks))]


def _between(reading: Reading, begin: int, end: int | None) -> list[Remark]:
    """The remarks on a part, and those on the document as a whole."""
    return [
        remark
        for remark in reading.remarks
        if not remark.place or (begin <= remark.place and (end is None or remark.place < end))
    ]
