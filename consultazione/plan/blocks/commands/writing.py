"""Headings, lists, tables and figures: each is appended to its chapter."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.orm.attributes import set_committed_value

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.events import BlockWritten
from consultazione.plan.blocks.models import Block, BlockKind, ChangeKind
from consultazione.plan.blocks.ranks import last_rank, lock_chapters
from consultazione.plan.blocks.steps import (
    add_version,
    chapter_in_reach,
    keep_origins,
    require_words,
)
from consultazione.plan.events import plan_stream
from consultazione.plan.models import Contribution
from consultazione.plan.standing import require_open_text
from consultazione.zones.models import Chapter


@dataclass(frozen=True)
class Picture:
    """A figure's file, which is stored under its digest. sha256: in hexadecimal."""

    sha256: str
    media_type: str


def write_block(
    tx: Transaction,
    *,
    chapter_id: int,
    kind: BlockKind,
    body: str,
    alt: str = "",
    picture: Picture | None = None,
    file: str | None = None,
    demo: bool = False,
) -> Block:
    """Append a heading, a list, a table or a figure of the plan office's own, and return it.

    Paragraphs are written by `write_paragraph`. file: the name of the one that the text was
    read from, if it was. NotFound if the plan has no such chapter;
    Invalid on `body` if the text is empty, on `alt` or `file` if a figure has none.
    """
    chapter = chapter_in_reach(tx, chapter_id, Permission.WRITE_BLOCK)
    if kind is BlockKind.FIGURE:
        _require_figure(alt, picture)
    block = append_block(
        tx, chapter, kind, body, alt=alt or None, picture=picture, file=file, demo=demo
    )
    tx.record(
        plan_stream(chapter.cycle_id),
        BlockWritten(
            block_id=block.id,
            chapter_id=chapter.id,
            block_kind=kind,
            body=FreeText(body),
            alt=FreeText(alt) if alt else None,
        ),
    )
    return block


def append_block(
    tx: Transaction,
    chapter: Chapter,
    kind: BlockKind,
    body: str,
    *,
    alt: str | None = None,
    picture: Picture | None = None,
    contribution: Contribution | None = None,
    file: str | None = None,
    demo: bool = False,
) -> Block:
    """Append a block to a chapter. Records no event: the caller does.

    Locks the chapter, so that places are unique. Invalid on the field `body` if it is empty;
    Conflict if the plan is ready or approved.
    """
    if not body.strip():
        raise Invalid.at("body", _("Write the text of the block."))
    require_open_text(tx, chapter.cycle_id)
    lock_chapters(tx.session, {chapter.id})
    block = Block(
        chapter_id=chapter.id,
        kind=kind,
        rank=last_rank(tx.session, chapter.id) + 1,
        version=1,
        picture=picture.sha256 if picture else None,
        picture_type=picture.media_type if picture else None,
        written_at=tx.now,
        demo=demo,
    )
    tx.session.add(block)
    tx.flush()
    taken_from = [contribution] if contribution else []
    add_version(
        tx, block, ChangeKind.WRITTEN, body, alt=alt, reason=file, contribution=contribution
    )
    keep_origins(tx, block.id, [one.id for one in taken_from])
    set_committed_value(block, "contributions", taken_from)
    return block


def _require_figure(alt: str, picture: Picture | None) -> None:
    if picture is None:
        raise Invalid.at("file", _("Choose the picture: a PNG or JPEG file."))
    require_words(alt)
