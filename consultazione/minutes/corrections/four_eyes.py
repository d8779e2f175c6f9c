"""Four eyes on minutes, where the zone asks for them: who completed a draft does not approve it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, Sentence
from consultazione.core.log import EntryRow
from consultazione.minutes.events import (
    ConclusionAdded,
    ConclusionEdited,
    ConclusionRemoved,
    NoteWritten,
    minutes_stream,
)
from consultazione.minutes.models import Minutes, WordsOf
from consultazione.people.backers import made_each_other
from consultazione.zones.models import Zone

_COMPLETING = (ConclusionAdded, ConclusionEdited, ConclusionRemoved, NoteWritten)
_WROTE_IT = _(
    "You completed this draft, and in this zone somebody else approves it: ask another"
    " facilitator of the table; the administrator of the zone can name one."
)
_MADE = _(
    "You and who completed this draft have your roles from each other, and in this zone somebody"
    " else approves it: ask another facilitator of the table, or whoever runs this site."
)


def require_second_person(tx: Transaction, minutes: Minutes) -> None:
    """NotAllowed if the actor completed the draft, in a zone that asks for four eyes.

    Nor is an account a second person that who completed it has made a facilitator, or the other
    way round: it could be their own. What was recorded in this transaction counts too, as in a
    batch of commands.
    """
    if not _asks(tx.session, minutes):
        return
    stream = minutes_stream(minutes.sitting_id)
    here = {
        entry.actor_id
        for entry in tx.recorded
        if entry.stream == stream and isinstance(entry.event, _COMPLETING)
    }
    told = _why_not(tx.session, minutes, tx.actor.person_id, here | _authors(tx.session, minutes))
    if told is not None:
        raise NotAllowed(told)


def barred_from_approving(
    session: Session, minutes: Minutes, person_id: int | None
) -> Sentence | None:
    """Why a person may not approve minutes although their role may; None if they may."""
    if not _asks(session, minutes):
        return None
    return _why_not(session, minutes, person_id, _authors(session, minutes))


def _why_not(
    session: Session, minutes: Minutes, person_id: int | None, authors: set[int | None]
) -> Sentence | None:
    if person_id in authors:
        return _WROTE_IT
    others, zone_id = {one for one in authors if one is not None}, minutes.sitting.table.zone_id
    if person_id is not None and made_each_other(session, person_id, others, zone_id=zone_id):
        return _MADE
    return None


def _asks(session: Session, minutes: Minutes) -> bool:
    return session.get_one(Zone, minutes.sitting.table.zone_id).four_eyes


def _authors(session: Session, minutes: Minutes) -> set[int | None]:
    """Who wrote notes or conclusions of a draft; notes from the sitting count as their writer's."""
    wrote = (
        select(EntryRow.actor_id)
        .where(EntryRow.stream == minutes_stream(minutes.sitting_id))
        .where(EntryRow.kind.in_([event.kind for event in _COMPLETING]))
        .where(EntryRow.actor_id.is_not(None))
        .distinct()
    )
    noted = {note.written_by for note in minutes.notes}
    return {*session.scalars(wrote), *noted, *_summed_up(minutes)}


def _summed_up(minutes: Minutes) -> set[int]:
    """Who wrote the gist of what others said; who summed up their own speech completed nothing."""
    return {gist.written_by for gist in minutes.gists if gist.words_of is WordsOf.WRITER}
