"""Queries for the settings of a zone: its logo, whether the plan is empty, what was changed."""

from __future__ import annotations

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from consultazione.core.log import Entry, read_newest
from consultazione.plan.blocks.models import Block
from consultazione.plan.models import Contribution
from consultazione.setup.events import (
    ChapterAdded,
    ChapterChanged,
    ChapterRemoved,
    ChaptersReordered,
    TablesReordered,
)
from consultazione.setup.models import ZoneDraft
from consultazione.zones.events import BodyAdded, BodyRemoved, ZoneChanged, zone_stream
from consultazione.zones.models import Chapter, Zone


def is_logo(session: Session, sha256: str, *, person_id: int | None) -> bool:
    """True if a zone has that logo, or a draft of the person."""
    of_zone = exists().where(Zone.logo == sha256)
    mine = ZoneDraft.answers["aspetto"]["logo"].astext == sha256
    of_draft = exists().where(ZoneDraft.person_id == person_id, mine)
    return bool(session.scalar(select(or_(of_zone, of_draft))))


_TOLD = (
    BodyAdded, BodyRemoved, ChapterAdded, ChapterChanged, ChapterRemoved, ChaptersReordered,
    TablesReordered, ZoneChanged,
)  # fmt: skip
_LOOKED_AT = 300


def changes(session: Session, zone_id: int, *, limit: int) -> list[Entry]:
    """The last changes of a zone's settings, newest first; of its last entries, not of all."""
    newest = read_newest(session, zone_stream(zone_id), limit=_LOOKED_AT)
    return [entry for entry in reversed(newest) if isinstance(entry.event, _TOLD)][:limit]


def plan_is_empty(session: Session, cycle_id: int) -> bool:
    """True while no chapter of a cycle has a paragraph or a contribution."""
    here = select(Chapter.id).where(Chapter.cycle_id == cycle_id)
    written = exists().where(Block.chapter_id.in_(here))
    contributed = exists().where(Contribution.chapter_id.in_(here))
    return not session.scalar(select(or_(written, contributed)))
