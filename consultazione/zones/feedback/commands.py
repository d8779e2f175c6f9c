"""Commands on what readers say of pages: saying it, and erasing somebody's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core import log
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.zones.feedback.events import FeedbackErased, FeedbackGiven, feedback_stream
from consultazione.zones.feedback.models import PageFeedback, Useful

LONGEST_PATH = 200


def give_feedback(
    tx: Transaction, *, zone_id: int, path: str, useful: Useful, words: str = ""
) -> PageFeedback:
    """Say whether a page of a zone was useful, with words if one likes, and return it.

    path: of the page, from the root of the site. Neither the row nor the log say who it was.
    Invalid on `path` unless it is one.
    """
    require(tx.actor, Permission.GIVE_FEEDBACK)
    path = path.partition("?")[0].partition("#")[0]
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
        raise Invalid.at("path", _("There is no such page."))
    said = PageFeedback(
        zone_id=zone_id,
        path=path,
        useful=useful is Useful.YES,
        leaf=tx.next_leaf(),
        given_at=tx.now,
    )
    tx.session.add(said)
    tx.flush()
    given = FeedbackGiven(feedback_id=said.id, useful=said.useful, words=FreeText(words))
    tx.record(feedback_stream(zone_id), given, leaves={"words": said.leaf}, anonymous=True)
    return said


def erase_feedback(tx: Transaction, *, feedback_id: int) -> PageFeedback:
    """Erase somebody's words about a page for good; that they were there stays in the count.

    Locks the row FOR UPDATE. NotFound if there is none; Conflict if they are erased already.
    """
    said = tx.session.get(PageFeedback, feedback_id, with_for_update=True)
    if said is None:
        raise NotFound(_("There is no such opinion."))
    require(tx.actor, Permission.ERASE_FEEDBACK, zone_id=said.zone_id)
    if said.erased_at is not None:
        raise Conflict(_("These words are erased already."))
    said.erased_at = tx.now
    log.erase_texts(tx.session, log.position_of(tx.session, said.leaf))
    tx.record(feedback_stream(said.zone_id), FeedbackErased(feedback_id=said.id))
    return said
