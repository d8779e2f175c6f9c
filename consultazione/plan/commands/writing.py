"""Paragraphs: each is appended to its chapter."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.plan.events import ParagraphWritten, plan_stream
from consultazione.plan.models import Paragraph
from consultazione.zones.models import Chapter


def write_paragraph(
    tx: Transaction, *, chapter_id: int, body: str, demo: bool = False
) -> Paragraph:
    """Append a paragraph of the plan office's own, and return it.

    NotFound if the plan has no such chapter; Invalid on the field `body` if the text is
    empty.
    """
    chapter = tx.session.get(Chapter, chapter_id)
    if chapter is None:
        raise NotFound(_("The plan has no such chapter."))
    require(tx.actor, Permission.WRITE_PARAGRAPH, zone_id=chapter.zone_id)
    paragraph = append_paragraph(tx, chapter.id, body, demo=demo)
    tx.record(
        plan_stream(chapter.cycle_id),
        ParagraphWritten(paragraph_id=paragraph.id, chapter_id=chapter.id, body=FreeText(body)),
    )
    return paragraph


def append_paragraph(
    tx: Transaction,
    chapter_id: int,
    body: str,
    *,
    contribution_id: int | None = None,
    demo: bool = False,
) -> Paragraph:
    """Append a paragraph to a chapter. Records no event: the caller does.

    Locks the chapter FOR NO KEY UPDATE, so that ranks are unique. Invalid on the field `body`
    if it is empty.
    """
    if not body.strip():
        raise Invalid.at("body", _("Write the text of the paragraph."))
    tx.session.get(Chapter, chapter_id, with_for_update={"key_share": True})
    last = select(func.max(Paragraph.rank)).where(Paragraph.chapter_id == chapter_id)
    paragraph = Paragraph(
        chapter_id=chapter_id,
        rank=(tx.session.scalar(last) or 0) + 1,
        body=body,
        contribution_id=contribution_id,
        written_at=tx.now,
        demo=demo,
    )
    tx.session.add(paragraph)
    tx.flush()
    return paragraph
