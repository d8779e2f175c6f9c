"""Pages of notices: the list, and the buttons to follow something."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.permissions import acting_person
from consultazione.notices.blueprint import pages
from consultazione.notices.commands.following import follow, unfollow
from consultazione.notices.commands.reading import read_notices
from consultazione.notices.composing import shown_to
from consultazione.notices.listing import by_day
from consultazione.notices.queries import newest_notices
from consultazione.notices.schemas import SubjectSchema
from consultazione.notices.subjects import Subject
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id, sent_id

_A_PAGE = 40


@pages.get("/avvisi")
@auth.sign_in_required
def index() -> str:
    """What the reader was told, newest first, as far as they may read it now."""
    session, before = snapshot(), asked_id("prima")
    own = acting_person(actor())
    rows = newest_notices(session, own, before=before, limit=_A_PAGE + 1)
    shown, last = paged(rows, _A_PAGE)
    return render_template(
        "notices/index.html",
        days=by_day(shown_to(session, actor(), shown)),
        newest=shown[0].id if shown else None,
        next_url=url_for("notices.index", prima=last.id) if last else None,
    )


@pages.post("/avvisi/letti", endpoint="read")
@limiter.limit(WRITING)
@auth.sign_in_required
def read_button() -> Response:
    """Mark as read what the page showed, and all before it."""
    command = partial(read_notices, until=sent_id("until"))
    return act(command, done=_("All is marked as read."), to=url_for("notices.index"))


@pages.post("/avvisi/segui", endpoint="follow")
@limiter.limit(WRITING)
@auth.sign_in_required
def follow_button() -> ResponseReturnValue:
    """Follow something."""
    return _changed(follow, _("You follow it: you are told of what happens."))


@pages.post("/avvisi/non-seguire", endpoint="unfollow")
@limiter.limit(WRITING)
@auth.sign_in_required
def unfollow_button() -> ResponseReturnValue:
    """Follow something no more."""
    return _changed(unfollow, _("You do not follow it any more."))


def _changed(command: Callable[..., Subject], done: str) -> ResponseReturnValue:
    """Back to the page of what was followed; to the list if there is no such thing."""
    form = Form(SubjectSchema())
    subject: Subject | None = form.perform(command)
    if subject is None:
        told: Any = next(iter(form.errors.values()), [""])
        flash(told[0], "danger")
        return redirect(url_for("notices.index"))
    flash(done, "success")
    return redirect(subject.path)
