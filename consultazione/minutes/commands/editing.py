"""The part of a draft that people write: notes and conclusions.

Each command locks the minutes FOR UPDATE, and raises NotFound if there are none and Conflict
if they are approved.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.core.revisions import correct, keep
from consultazione.minutes.backing import last_poll_on, polls_of
from consultazione.minutes.events import (
    ConclusionAdded,
    ConclusionEdited,
    ConclusionRemoved,
    NoteWritten,
    minutes_stream,
)
from consultazione.minutes.locking import written_draft
from consultazione.minutes.models import Conclusion, Minutes, MinutesNote
from consultazione.proposals.models import Proposal
from consultazione.sittings.models import AgendaPoint
from consultazione.zones.models import Chapter

# Given in place of a poll's id, for a conclusion that rests on no vote.
WITHOUT_VOTE = 0


def write_note(
    tx: Transaction, *, minutes_id: int, point_id: int, body: str, version: int
) -> MinutesNote:
    """Write the note of a point; an empty body clears it. Idempotent for the same body.

    version: the version of the note that the writer edited, 0 if there was none. Conflict if
    somebody has written another text since, which stays.
    """
    minutes = written_draft(tx, minutes_id, Permission.WRITE_NOTE)
    _point(tx, minutes, point_id)
    note = tx.session.scalar(
        select(MinutesNote).filter_by(minutes_id=minutes_id, point_id=point_id)
    ) or MinutesNote(minutes_id=minutes_id, point_id=point_id, body="", version=0)
    if note.body == body:
        return note
    if note.version != version:
        raise Conflict(
            _("Somebody has written this note meanwhile: put the two texts together and save.")
        )
    if note.version:
        was, now = {"body": note.body}, {"body": body}
        keep(tx, MinutesNote.__tablename__, note.id, reason=None, was=was, now=now)
    note.body, note.version = body, note.version + 1
    note.written_by, note.written_at = tx.actor.person_id or 0, tx.now
    tx.session.add(note)
    minutes.version += 1
    written = NoteWritten(minutes_id=minutes_id, point_id=point_id, body=FreeText(body))
    tx.record(minutes_stream(minutes.sitting_id), written)
    return note


def add_conclusion(
    tx: Transaction,
    *,
    minutes_id: int,
    point_id: int,
    chapter_id: int,
    body: str,
    proposal_id: int | None = None,
    poll_id: int | None = None,
) -> Conclusion:
    """Add a conclusion on a point for a chapter of the plan, and return it.

    poll_id: the vote on which it rests; None for the last one on the point, if there was one;
    WITHOUT_VOTE for a conclusion that the table reached without voting. Invalid, naming the
    field, if the chapter is not of this cycle's plan, the proposal not of this table or the
    poll not of this sitting.
    """
    minutes = written_draft(tx, minutes_id, Permission.ADD_CONCLUSION)
    _point(tx, minutes, point_id)
    _check_chapter(tx, minutes, chapter_id)
    _check_proposal(tx, minutes, proposal_id)
    conclusion = Conclusion(
        minutes_id=minutes_id,
        rank=_last_rank(tx, minutes_id) + 1,
        point_id=point_id,
        chapter_id=chapter_id,
        proposal_id=proposal_id,
        body=body,
        poll_id=_vote_behind(minutes, point_id, poll_id),
    )
    tx.session.add(conclusion)
    minutes.version += 1
    tx.flush()
    tx.record(minutes_stream(minutes.sitting_id), _added(conclusion))
    return conclusion


def edit_conclusion(
    tx: Transaction,
    *,
    minutes_id: int,
    conclusion_id: int,
    version: int,
    chapter_id: int,
    body: str,
) -> Conclusion:
    """Change the text or the chapter of a conclusion; what it said before is kept.

    version: the one that the writer has read. Idempotent for the same text and chapter, whatever
    the version. NotFound if it has been removed; Overtaken if somebody has changed it since,
    whose text stays; Invalid on `chapter_id` if the chapter is not of this cycle's plan.
    """
    minutes = written_draft(tx, minutes_id, Permission.EDIT_CONCLUSION)
    conclusion = _conclusion(tx, minutes_id, conclusion_id)
    if (conclusion.body, conclusion.chapter_id) == (body, chapter_id):
        return conclusion
    _check_chapter(tx, minutes, chapter_id)
    after = {"body": body, "chapter_id": chapter_id}
    replaced = correct(tx, conclusion, version=version, reason=None, after=after)
    minutes.version += 1
    edited = ConclusionEdited(
        minutes_id=minutes_id,
        conclusion_id=conclusion.id,
        version=replaced.version,
        chapter_id=chapter_id,
        body=FreeText(body),
    )
    tx.record(minutes_stream(minutes.sitting_id), edited)
    return conclusion


def remove_conclusion(tx: Transaction, *, minutes_id: int, conclusion_id: int) -> None:
    """Remove a conclusion from the draft; NotFound if it has been removed already."""
    minutes = written_draft(tx, minutes_id, Permission.REMOVE_CONCLUSION)
    conclusion = _conclusion(tx, minutes_id, conclusion_id)
    tx.session.delete(conclusion)
    minutes.version += 1
    tx.record(
        minutes_stream(minutes.sitting_id),
        ConclusionRemoved(minutes_id=minutes_id, conclusion_id=conclusion_id),
    )


def _point(tx: Transaction, minutes: Minutes, point_id: int) -> AgendaPoint:
    point = tx.session.get(AgendaPoint, point_id)
    if point is None or point.sitting_id != minutes.sitting_id:
        raise NotFound(_("The sitting has no such point on its agenda."))
    return point


def _conclusion(tx: Transaction, minutes_id: int, conclusion_id: int) -> Conclusion:
    """A conclusion of minutes that are locked, as it stands."""
    conclusion = tx.session.get(Conclusion, conclusion_id, populate_existing=True)
    if conclusion is None or conclusion.minutes_id != minutes_id:
        raise NotFound(_("This conclusion is not in the minutes any more."))
    return conclusion


def _check_chapter(tx: Transaction, minutes: Minutes, chapter_id: int) -> None:
    chapter = tx.session.get(Chapter, chapter_id)
    if chapter is None or chapter.cycle_id != minutes.sitting.table.cycle_id:
        raise Invalid.at("chapter_id", _("Choose one of the chapters of the plan."))


def _check_proposal(tx: Transaction, minutes: Minutes, proposal_id: int | None) -> None:
    if proposal_id is None:
        return
    proposal = tx.session.get(Proposal, proposal_id)
    if proposal is None or proposal.table_id != minutes.sitting.table_id:
        raise Invalid.at("proposal_id", _("Choose one of the proposals of this table."))


def _vote_behind(minutes: Minutes, point_id: int, poll_id: int | None) -> int | None:
    if poll_id is None:
        return last_poll_on(minutes.facts, point_id)
    if poll_id == WITHOUT_VOTE:
        return None
    if poll_id not in {poll["id"] for poll in polls_of(minutes.facts)}:
        raise Invalid.at("poll_id", _("Choose one of the votes of this sitting."))
    return poll_id


def _last_rank(tx: Transaction, minutes_id: int) -> int:
    last = select(func.max(Conclusion.rank)).filter_by(minutes_id=minutes_id)
    return tx.session.scalar(last) or 0


def _added(conclusion: Conclusion) -> ConclusionAdded:
    return ConclusionAdded(
        minutes_id=conclusion.minutes_id,
        conclusion_id=conclusion.id,
        point_id=conclusion.point_id,
        chapter_id=conclusion.chapter_id,
        proposal_id=conclusion.proposal_id,
        body=FreeText(conclusion.body),
        poll_id=conclusion.poll_id,
    )
