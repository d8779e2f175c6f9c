"""The buttons that start and end a rehearsal."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.sittings.blueprint import rehearsal_pages
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal, start_rehearsal
from consultazione.sittings.queries import get_sitting
from consultazione.web import auth
from consultazione.web.forms import act
from consultazione.web.request_db import snapshot, transaction
from consultazione.web.security import WRITING, limiter


@rehearsal_pages.post("/sedute/<int:sitting_id>/prova")
@limiter.limit(WRITING)
@auth.sign_in_required
def start(sitting_id: int) -> ResponseReturnValue:
    """Start a rehearsal, and redirect to its room."""
    with transaction() as tx:
        rehearsal = start_rehearsal(tx, sitting_id=sitting_id)
    flash(_("The rehearsal begins: whoever has the address of this page can take part."), "success")
    return redirect(url_for("sittings.room", sitting_id=rehearsal.id), 303)


@rehearsal_pages.post("/sedute/<int:sitting_id>/prova/fine")
@limiter.limit(WRITING)
@auth.sign_in_required
def end(sitting_id: int) -> ResponseReturnValue:
    """End a rehearsal, and redirect to the sitting that it rehearsed."""
    rehearsed = get_sitting(snapshot(), sitting_id).rehearses or sitting_id
    done = _("The rehearsal is over, and nothing of it remains.")
    command = partial(end_rehearsal, sitting_id=sitting_id)
    return act(command, done=done, to=url_for("sittings.show", sitting_id=rehearsed))
