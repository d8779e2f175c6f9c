"""The texts of a draft of which a correction can be asked, and how one takes its place."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import acting_person
from consultazione.core.revisions import keep, revise
from consultazione.minutes.document import hands_of
from consultazione.minutes.events import (
    ConclusionEdited,
    GistWritten,
    NoteWritten,
    minutes_stream,
)
from consultazione.minutes.models import (
    Conclusion,
    Minutes,
    MinutesCorrection,
    MinutesNote,
    Piece,
    SpeechGist,
    WordsOf,
)
from consultazione.sittings.floor.models import Hand


def text_of(session: Session, minutes: Minutes, piece: Piece, subject_id: int) -> str:
    """A text of the draft as it stands, "" for facts; NotFound if the draft has no such piece."""
    points = {point["id"] for point in minutes.facts["agenda"]}
    if piece is Piece.FACT and (subject_id == 0 or subject_id in points):
        return ""
    if piece is Piece.NOTE and subject_id in points:
        note = _note(session, minutes, subject_id)
        return note.body if note else ""
    if piece is Piece.GIST and subject_id in hands_of(minutes.facts):
        gist = session.get(SpeechGist, subject_id, populate_existing=True)
        return gist.body if gist else ""
    if piece is Piece.CONCLUSION:
        conclusion = session.get(Conclusion, subject_id, populate_existing=True)
        if conclusion is not None and conclusion.minutes_id == minutes.id:
            return conclusion.body
    raise NotFound(_("The draft has no such text any more."))


def stands_once(text: str, passage: str) -> bool:
    """Whether a passage stands in a text, and in one place alone; an empty one is its end."""
    return not passage or text.count(passage) == 1


def replaced(text: str, old: str, new: str) -> str:
    """A text with new words in the place of old ones; Conflict unless these stand there once."""
    if not stands_once(text, old):
        raise Conflict(_("The passage does not stand in the text any more as it was quoted."))
    return text.replace(old, new) if old else f"{text}\n\n{new}".strip()


def put_text(tx: Transaction, correction: MinutesCorrection, body: str) -> None:
    """Let a text of the draft, whose minutes are locked, say something else; what it said is kept.

    Conflict if nothing of a conclusion would remain.
    """
    minutes, subject_id = correction.minutes, correction.subject_id
    if correction.piece is Piece.NOTE:
        _put_note(tx, minutes, subject_id, body)
    elif correction.piece is Piece.GIST:
        _put_gist(tx, correction, body)
    else:
        _put_conclusion(tx, minutes, subject_id, body, correction.reason)
    minutes.version += 1


def _put_note(tx: Transaction, minutes: Minutes, point_id: int, body: str) -> None:
    note = _note(tx.session, minutes, point_id) or MinutesNote(
        minutes_id=minutes.id, point_id=point_id, body="", version=0
    )
    _rewrite(tx, note, note.id, body)
    written = NoteWritten(minutes_id=minutes.id, point_id=point_id, body=FreeText(body))
    tx.record(minutes_stream(minutes.sitting_id), written)


def _put_gist(tx: Transaction, correction: MinutesCorrection, body: str) -> None:
    minutes, hand_id = correction.minutes, correction.subject_id
    hand = tx.session.get_one(Hand, hand_id)
    gist = tx.session.get(SpeechGist, hand_id) or SpeechGist(
        hand_id=hand_id, sitting_id=minutes.sitting_id, body="", version=0
    )
    is_own = hand.person_id == correction.asked_by
    gist.words_of = WordsOf.SPEAKER if is_own else WordsOf.WRITER
    _rewrite(tx, gist, hand_id, body)
    written = GistWritten(
        sitting_id=minutes.sitting_id, hand_id=hand_id, words_of=gist.words_of, body=FreeText(body)
    )
    tx.record(minutes_stream(minutes.sitting_id), written)


def _rewrite(tx: Transaction, row: MinutesNote | SpeechGist, key: int, body: str) -> None:
    """Let a row with a version say something else, and keep what it said. key: its id."""
    if row.version:
        was, now = {"body": row.body}, {"body": body}
        keep(tx, row.__tablename__, key, reason=None, was=was, now=now)
    row.body, row.version = body, row.version + 1
    row.written_by, row.written_at = acting_person(tx.actor), tx.now
    tx.session.add(row)


def _put_conclusion(
    tx: Transaction, minutes: Minutes, conclusion_id: int, body: str, reason: str
) -> None:
    if not body:
        raise Conflict(_("Nothing would remain of the conclusion: take it out instead."))
    conclusion = tx.session.get_one(Conclusion, conclusion_id)
    replaced_by = revise(tx, conclusion, reason=reason, after={"body": body})
    edited = ConclusionEdited(
        minutes_id=minutes.id,
        conclusion_id=conclusion_id,
        version=replaced_by.version,
        chapter_id=conclusion.chapter_id,
        body=FreeText(body),
    )
    tx.record(minutes_stream(minutes.sitting_id), edited)


def _note(session: Session, minutes: Minutes, point_id: int) -> MinutesNote | None:
    query = select(MinutesNote).filter_by(minutes_id=minutes.id, point_id=point_id)
    return session.scalar(query.execution_options(populate_existing=True))
