"""Where each sentence of a block comes from, through all edits, splits and merges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.plan.blocks.models import Block, BlockKind, BlockVersion
from consultazione.plan.blocks.parts import sentences

# A sentence that keeps so much of an earlier one is that one, reworded.
_REWORDED = 0.6


@dataclass(frozen=True)
class SentenceOrigin:
    """A sentence as it stands, and the version that brought it in, in whatever words."""

    text: str
    version: BlockVersion


def sentence_origins(session: Session, block: Block) -> list[SentenceOrigin]:
    """The sentences of a block, or the lines of a list, each with where it comes from."""
    traced: dict[tuple[int | None, int | None], list[SentenceOrigin]] = {}
    for version in _ancestry(session, block.id):
        before = [
            *traced.get((version.block_id, version.number - 1), ()),
            *traced.get((version.from_block_id, version.from_number), ()),
        ]
        traced[version.block_id, version.number] = _traced(block.kind, version, before)
    return traced[block.id, block.version]


def files_behind(origins: Iterable[SentenceOrigin]) -> list[BlockVersion]:
    """The texts that sentences come from and that were read from a file, each file once."""
    found = {origin.version.file: origin.version for origin in origins if origin.version.file}
    return list(found.values())


def _ancestry(session: Session, block_id: int) -> list[BlockVersion]:
    """The versions of a block, and of all whose text came into it, oldest first."""
    found: dict[int, BlockVersion] = {}
    seen: set[int] = set()
    wanted = {block_id}
    while wanted:
        query = select(BlockVersion).where(BlockVersion.block_id.in_(wanted))
        read = session.scalars(query.options(joinedload(BlockVersion.author))).all()
        found |= {version.id: version for version in read}
        seen |= wanted
        wanted = {one.from_block_id for one in read if one.from_block_id} - seen
    return [version for _id, version in sorted(found.items())]


def _traced(
    kind: BlockKind, version: BlockVersion, before: Sequence[SentenceOrigin]
) -> list[SentenceOrigin]:
    texts = sentences(kind, version.body)
    same = {origin.text: origin for origin in before}
    gone = {origin.text: origin.version for origin in before if origin.text not in texts}
    return [
        same.get(text) or SentenceOrigin(text, _reworded(text, gone) or version) for text in texts
    ]


def _reworded(text: str, gone: Mapping[str, BlockVersion]) -> BlockVersion | None:
    """Where the sentence comes from that this one replaces; None if it replaces none."""
    alike = get_close_matches(text, gone, n=1, cutoff=_REWORDED)
    return gone[alike[0]] if alike else None
