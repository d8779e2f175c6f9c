"""Blocks of the plan as originals of easy-to-read summaries."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.canonical import sha256_of
from consultazione.core.errors import NotFound
from consultazione.documents.easy.subjects import Original, Subject, register_subject
from consultazione.plan.blocks.models import Block
from consultazione.zones.queries import get_cycle


def _original(session: Session, paragraph_id: int) -> Original:
    """A block that stands in the plan; its digest is that of its words."""
    block = session.get(Block, paragraph_id)
    if block is None or block.removed_at is not None:
        raise NotFound(_("The plan has no such paragraph, or it was taken out."))
    chapter, cycle = block.chapter, get_cycle(session, block.chapter.cycle_id)
    return Original(
        zone_id=cycle.zone_id,
        zone=cycle.zone.name,
        plan=f"Piano di zona {cycle.years}",
        title=f"Capitolo {chapter.number}, {chapter.title}",
        about=f"Parte {block.rank} del capitolo",
        digest=sha256_of({"body": block.body, "alt": block.alt}),
        demo=block.demo,
    )


BLOCK = register_subject(
    Subject(
        name="plan_block",
        label=_("Paragraph of the plan"),
        original=_original,
        endpoint="plan.paragraph",
        parameter="paragraph_id",
    )
)
