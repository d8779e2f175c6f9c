"""The chapters of a plan that is still empty: added, renamed, put in order, removed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.proposals.needs import is_named
from consultazione.setup.events import (
    ChapterAdded,
    ChapterChanged,
    ChapterRemoved,
    ChaptersReordered,
)
from consultazione.setup.settings import plan_is_empty
from consultazione.zones.events import (
    ADDED_CHAPTER_DETAILS,
    CHANGED_CHAPTER_DETAILS,
    zone_stream,
)
from consultazione.zones.locking import locked_cycle
from consultazione.zones.models import Chapter, Cycle
from consultazione.zones.queries import chapters

_BEYOND = 1_000_000


def add_chapter(
    tx: Transaction, *, cycle_id: int, title: str, description: str = "", mandatory: bool = True
) -> Chapter:
    """Add a chapter as the last of a cycle's plan, and return it.

    Locks the cycle FOR UPDATE. NotFound if there is no such cycle; Conflict if the plan is not
    empty any more.
    """
    cycle = locked_cycle(tx, cycle_id)
    require(tx.actor, Permission.ADD_CHAPTER, zone_id=cycle.zone_id)
    _require_empty(tx, cycle)
    chapter = Chapter(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        number=len(chapters(tx.session, cycle.id)) + 1,
        title=title,
        description=description,
        mandatory=mandatory,
    )
    tx.session.add(chapter)
    tx.flush()
    added = ChapterAdded(
        chapter_id=chapter.id,
        cycle_id=cycle.id,
        title=FreeText(title),
        details=ADDED_CHAPTER_DETAILS.of(chapter),
    )
    tx.record(zone_stream(cycle.zone_id), added)
    return chapter


def change_chapter(
    tx: Transaction, *, chapter_id: int, title: str, description: str, mandatory: bool
) -> Chapter:
    """Rename a chapter, describe it anew, or say whether the plan must have it.

    Locks the cycle FOR UPDATE. NotFound if there is no such chapter; Conflict if the plan is not
    empty any more.
    """
    cycle, chapter = _found(tx, chapter_id)
    require(tx.actor, Permission.CHANGE_CHAPTER, zone_id=cycle.zone_id)
    _require_empty(tx, cycle)
    now = (title, description, mandatory)
    if now != (chapter.title, chapter.description, chapter.mandatory):
        was = FreeText(chapter.title)
        chapter.title, chapter.description, chapter.mandatory = now
        changed = ChapterChanged(
            chapter_id=chapter.id,
            mandatory=mandatory,
            was=was,
            now=FreeText(title),
            details=CHANGED_CHAPTER_DETAILS.of(chapter),
        )
        tx.record(zone_stream(cycle.zone_id), changed)
    return chapter


def move_chapter(tx: Transaction, *, chapter_id: int, up: bool) -> Chapter:
    """Let a chapter change places with the one before it (up) or after it; at the end nothing.

    Locks the cycle FOR UPDATE. NotFound if there is no such chapter; Conflict if the plan is not
    empty any more.
    """
    cycle, chapter = _found(tx, chapter_id)
    require(tx.actor, Permission.MOVE_CHAPTER, zone_id=cycle.zone_id)
    _require_empty(tx, cycle)
    ids = [row.id for row in chapters(tx.session, cycle.id)]
    at = ids.index(chapter.id)
    to = at - 1 if up else at + 1
    if 0 <= to < len(ids):
        ids[at], ids[to] = ids[to], ids[at]
        _number(tx, cycle, ids)
        reordered = ChaptersReordered(cycle_id=cycle.id, chapter_ids=ids)
        tx.record(zone_stream(cycle.zone_id), reordered)
    return chapter


def remove_chapter(tx: Transaction, *, chapter_id: int) -> Cycle:
    """Take a chapter out of a plan, and return its cycle; the chapters after it move up.

    Locks the cycle FOR UPDATE. NotFound if there is no such chapter; Conflict if the plan is not
    empty any more, if a proposal names the chapter, or if it is the only one.
    """
    cycle, chapter = _found(tx, chapter_id)
    require(tx.actor, Permission.REMOVE_CHAPTER, zone_id=cycle.zone_id)
    _require_empty(tx, cycle)
    ids = [row.id for row in chapters(tx.session, cycle.id) if row.id != chapter.id]
    if not ids:
        raise Conflict(_("A plan has at least one chapter: add another first."))
    if is_named(tx.session, chapter.id):
        raise Conflict(_("A proposal names this chapter: change its title instead."))
    removed = ChapterRemoved(
        chapter_id=chapter.id, cycle_id=cycle.id, title=FreeText(chapter.title)
    )
    tx.session.delete(chapter)
    tx.flush()
    _number(tx, cycle, ids)
    tx.record(zone_stream(cycle.zone_id), removed)
    return cycle


def _found(tx: Transaction, chapter_id: int) -> tuple[Cycle, Chapter]:
    """The chapter's cycle, locked, and the chapter as it is then."""
    chapter = tx.session.get(Chapter, chapter_id)
    if chapter is None:
        raise _no_chapter()
    cycle = locked_cycle(tx, chapter.cycle_id)
    chapter = tx.session.get(Chapter, chapter_id, populate_existing=True)
    if chapter is None:
        raise _no_chapter()
    return cycle, chapter


def _no_chapter() -> NotFound:
    return NotFound(_("The plan has no such chapter."))


def _require_empty(tx: Transaction, cycle: Cycle) -> None:
    if not plan_is_empty(tx.session, cycle.id):
        raise Conflict(
            _("The plan has contents already: its chapters stay as they are in this cycle.")
        )


def _number(tx: Transaction, cycle: Cycle, ids: list[int]) -> None:
    """Number the chapters in this order, by way of numbers that none has."""
    of_cycle = update(Chapter).where(Chapter.cycle_id == cycle.id)
    tx.session.execute(of_cycle.values(number=Chapter.number + _BEYOND))
    for number, chapter_id in enumerate(ids, 1):
        tx.session.execute(update(Chapter).where(Chapter.id == chapter_id).values(number=number))
    tx.session.expire_all()
