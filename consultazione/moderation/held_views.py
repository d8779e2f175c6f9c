"""Texts that wait: reading one, publishing it or not; and at which tables they do."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.moderation import labels
from consultazione.moderation.blueprint import pages
from consultazione.moderation.commands.releasing import (
    release_text,
    set_reading_first,
    turn_text_down,
)
from consultazione.moderation.queries import get_held, person_names
from consultazione.moderation.schemas import UndoSchema
from consultazione.tables.holding.steps import waits_at
from consultazione.tables.queries import get_table
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.get("/moderazione/attesa/<int:held_id>")
@auth.sign_in_required
def held(held_id: int) -> ResponseReturnValue:
    """A text that waits, for those who moderate its table and for who wrote it."""
    return _page(held_id, Form(UndoSchema(), {}))


@pages.post("/moderazione/attesa/<int:held_id>/pubblica")
@limiter.limit(WRITING)
@auth.sign_in_required
def release(held_id: int) -> ResponseReturnValue:
    """Publish a text that waits."""
    return act(
        partial(release_text, held_id=held_id),
        done=_("The text is published. The author is told."),
        to=url_for("moderation.held", held_id=held_id),
    )


@pages.post("/moderazione/attesa/<int:held_id>/rifiuta")
@limiter.limit(WRITING)
@auth.sign_in_required
def turn_down(held_id: int) -> ResponseReturnValue:
    """Do not publish a text that waits."""
    form = Form(UndoSchema())
    if form.perform(partial(turn_text_down, held_id=held_id)):
        flash(_("The text is not published. The author is told."), "success")
        return redirect(url_for("moderation.held", held_id=held_id))
    return _page(held_id, form)


@pages.post("/tavoli/<int:table_id>/leggere-prima")
@limiter.limit(WRITING)
@auth.sign_in_required
def read_first(table_id: int) -> ResponseReturnValue:
    """Let texts at a table wait until somebody has read them, or wait no more."""
    table = get_table(snapshot(), table_id)
    waits = not waits_at(snapshot(), table.id)
    return act(
        partial(set_reading_first, table_id=table.id, waits=waits),
        done=_("From now on texts wait.") if waits else _("From now on texts are public at once."),
        to=url_for("tables.show", slug=table.slug),
    )


def _page(held_id: int, form: Form) -> ResponseReturnValue:
    found = get_held(renew_snapshot(), held_id)
    is_author = found.author_id == actor().person_id
    if not is_author:
        place = {"zone_id": found.table.zone_id, "table_id": found.table_id}
        require(actor(), Permission.RELEASE_TEXT, **place)
    page = render_template(
        "moderation/held.html",
        held=found,
        form=form,
        is_author=is_author,
        author=person_names(snapshot(), {found.author_id})[found.author_id],
        labels=labels,
    )
    return page, form.status, {"Cache-Control": "no-store"}
