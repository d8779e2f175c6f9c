"""The gist of a speech: typed while the sitting goes on, or afterwards in the draft."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person
from consultazione.core.revisions import keep
from consultazione.minutes.events import GistWritten, minutes_stream
from consultazione.minutes.locking import require_not_circulated
from consultazione.minutes.models import Minutes, MinutesState, SpeechGist, WordsOf
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.locking import share_sitting
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.secretaries import may_write, require_writer

_SPOKE = (HandState.SPEAKING, HandState.DONE)


def write_gist(
    tx: Transaction, *, sitting_id: int, hand_id: int, body: str, version: int
) -> SpeechGist:
    """Write the gist of a speech; an empty body clears it. Idempotent for the same body.

    Those who write the minutes do so from the moment somebody speaks; who spoke does it for
    their own speech once the sitting is closed. The gist says whose words it is in: the one's
    who wrote last. version: of the gist that the writer read, 0 if there was none. Locks the
    sitting FOR SHARE, the minutes and the hand FOR UPDATE. NotFound if there is no such speech;
    Conflict if another text was written since, which stays, or once the minutes are approved.
    """
    sitting = share_sitting(tx, sitting_id)
    minutes = tx.session.scalar(
        select(Minutes).filter_by(sitting_id=sitting.id).with_for_update(of=Minutes)
    )
    hand = tx.session.get(Hand, hand_id, with_for_update=True, populate_existing=True)
    if hand is None or hand.sitting_id != sitting.id or hand.state not in _SPOKE:
        raise NotFound(_("Nobody spoke so at this sitting."))
    words_of = _whose_words(tx, Permission.WRITE_GIST, sitting, hand)
    if minutes is not None and minutes.state is not MinutesState.DRAFT:
        raise Conflict(_("These minutes are approved: nothing in them changes any more."))
    if minutes is not None and words_of is WordsOf.WRITER:
        require_not_circulated(minutes)
    gist = tx.session.get(SpeechGist, hand_id, populate_existing=True) or SpeechGist(
        hand_id=hand_id, sitting_id=sitting.id, body="", version=0
    )
    if gist.body == body:
        return gist
    if gist.version != version:
        raise Conflict(
            _("Somebody has written this gist meanwhile: put the two texts together and save.")
        )
    if gist.version:
        was, now = {"body": gist.body}, {"body": body}
        keep(tx, SpeechGist.__tablename__, hand_id, reason=None, was=was, now=now)
    gist.body, gist.version, gist.words_of = body, gist.version + 1, words_of
    gist.written_by, gist.written_at = acting_person(tx.actor), tx.now
    tx.session.add(gist)
    if minutes is not None:
        minutes.version += 1
    written = GistWritten(
        sitting_id=sitting.id, hand_id=hand_id, words_of=words_of, body=FreeText(body)
    )
    tx.record(minutes_stream(sitting.id), written)
    return gist


def _whose_words(tx: Transaction, permission: Permission, sitting: Sitting, hand: Hand) -> WordsOf:
    """In whose words the actor writes; NotAllowed for who neither writes nor spoke."""
    own = hand.person_id == tx.actor.person_id and tx.actor.is_signed_in
    if may_write(tx.actor, permission, sitting):
        return WordsOf.SPEAKER if own else WordsOf.WRITER
    if own and sitting.state is SittingState.CLOSED:
        return WordsOf.SPEAKER
    require_writer(tx.actor, permission, sitting)
    return WordsOf.WRITER
