"""Appending blocks to a chapter: what every way of writing one shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.orm.attributes import set_committed_value

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.plan.blocks.models import Block, BlockKind, BlockVersion, ChangeKind
from consultazione.plan.blocks.ranks import last_rank, lock_chapters
from consultazione.plan.blocks.steps import keep_origins, version_of
from consultazione.plan.models import Contribution
from consultazione.plan.standing import require_open_text
from consultazione.zones.models import Chapter


@dataclass(frozen=True)
class Picture:
    """A figure's file, which is stored under its digest. sha256: in hexadecimal."""

    sha256: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class NewBlock:
    """What a block begins with. file: the name of the one that its text was read from."""

    kind: BlockKind
    body: str
    alt: str | None = None
    picture: Picture | None = None
    contribution: Contribution | None = None
    file: str | None = None
    demo: bool = False


def append_block(tx: Transaction, chapter: Chapter, new: NewBlock) -> Block:
    """Append one block, as `append_blocks` does."""
    return append_blocks(tx, chapter, [new])[0]


def append_blocks(tx: Transaction, chapter: Chapter, new: Sequence[NewBlock]) -> list[Block]:
    """Append blocks to a chapter, in their order. Records no events: the caller does.

    Locks the chapter, so that places are unique. Invalid on the field `body` if a text is
    empty; Conflict if the plan is ready or approved.
    """
    if not all(one.body.strip() for one in new):
        raise Invalid.at("body", _("Write the text of the block."))
    require_open_text(tx, chapter.cycle_id)
    lock_chapters(tx.session, {chapter.id})
    first = last_rank(tx.session, chapter.id) + 1
    blocks = [_row(tx, chapter, one, rank) for rank, one in enumerate(new, first)]
    tx.session.add_all(blocks)
    tx.flush()
    versions = [_first_version(tx, block, one) for block, one in zip(blocks, new, strict=True)]
    tx.session.add_all(versions)
    tx.flush()
    for block, version, one in zip(blocks, versions, new, strict=True):
        taken_from = [one.contribution] if one.contribution else []
        keep_origins(tx, block.id, [contribution.id for contribution in taken_from])
        set_committed_value(block, "current", version)
        set_committed_value(block, "contributions", taken_from)
    return blocks


def _row(tx: Transaction, chapter: Chapter, new: NewBlock, rank: int) -> Block:
    return Block(
        chapter_id=chapter.id,
        kind=new.kind,
        rank=rank,
        version=1,
        picture=new.picture.sha256 if new.picture else None,
        picture_type=new.picture.media_type if new.picture else None,
        written_at=tx.now,
        demo=new.demo,
    )


def _first_version(tx: Transaction, block: Block, new: NewBlock) -> BlockVersion:
    return version_of(
        tx,
        block,
        ChangeKind.WRITTEN,
        new.body,
        alt=new.alt,
        reason=new.file,
        contribution=new.contribution,
    )
