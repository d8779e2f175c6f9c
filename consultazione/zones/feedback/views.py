"""What readers say of a page: the answer at its foot, and the office's page of them."""

from __future__ import annotations

from functools import partial
from hashlib import sha256

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.web import auth
from consultazione.web.auth import safe_next
from consultazione.web.current_zone import IN_CYCLE, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import limiter
from consultazione.web.sender import sender_network
from consultazione.web.url_converters import asked_id
from consultazione.zones.blueprint import pages
from consultazione.zones.feedback.commands import erase_feedback, give_feedback
from consultazione.zones.feedback.queries import counts, opinions
from consultazione.zones.schemas import FeedbackSchema

# A hall of readers behind one router, and no more than a person could mean.
_OPINIONS = "10 per minute; 200 per day"
_OPINIONS_A_PAGE = 50
# Marks of the pages of which this browser has said something, in its session: the last ones.
_SAID = "said_of"
_MOST_SAID = 40


@pages.post(f"{IN_CYCLE}/opinione")
@limiter.limit(_OPINIONS, key_func=sender_network)
def say() -> ResponseReturnValue:
    """Say whether a page was useful; once a page and browser."""
    back = safe_next(request.form.get("path"), "/")
    if _mark(back) in _said():
        flash(_("You have told us about this page already. Thank you."), "info")
    elif Form(FeedbackSchema()).perform(partial(give_feedback, zone_id=current_zone().id)):
        session[_SAID] = [*_said(), _mark(back)][-_MOST_SAID:]
        flash(_("Thank you: the plan office reads what you said."), "success")
    else:
        flash(_("Choose yes or no, and write 1,000 characters at most."), "danger")
    return redirect(back)


@pages.get(f"{IN_CYCLE}/opinioni")
@auth.sign_in_required
def feedback() -> str:
    """For the plan office: which pages were useful, and what readers wrote."""
    zone_id = current_zone().id
    require(actor(), Permission.READ_FEEDBACK, zone_id=zone_id)
    found = opinions(snapshot(), zone_id, before=asked_id("prima"), limit=_OPINIONS_A_PAGE + 1)
    shown, last = paged(found, _OPINIONS_A_PAGE)
    return render_template(
        "zones/feedback.html",
        counts=counts(snapshot(), zone_id),
        opinions=[one for one in shown if one.words],
        next_before=last.id if last else None,
        in_words=in_words,
    )


@pages.post("/opinioni/<int:feedback_id>/cancella")
@auth.sign_in_required
def erase_opinion(feedback_id: int) -> ResponseReturnValue:
    """Erase somebody's words for good."""
    return act(
        partial(erase_feedback, feedback_id=feedback_id),
        done=_("The words are erased."),
        to=url_for("zones.feedback"),
    )


def in_words(path: str) -> str:
    """The address of a page of a zone as words, with the cycle behind; addresses are Italian."""
    parts = [part.replace("-", " ") for part in path.strip("/").split("/")]
    years = ""
    if parts[0] == "zone" and len(parts) > 2:
        years, parts = parts[2].replace(" ", "-"), parts[3:]
    words = ", ".join(parts).capitalize() or _("Home")
    return f"{words} ({years})" if years else words


def _mark(path: str) -> str:
    """A short mark of a page: a session is a cookie, and has no room for addresses."""
    return sha256(path.encode()).hexdigest()[:8]


def _said() -> list[str]:
    said = session.get(_SAID, [])
    return said if isinstance(said, list) else []
